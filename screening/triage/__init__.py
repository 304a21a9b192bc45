"""Triage: what the classifier says, and how rules and score become one suggestion.

`features` describes a contact in numbers, `scorecard` scores them and says why, `model` reads the files that the
scorecard comes in, `combine` puts rules and score together, `missing` says which answers could still change it.
Nothing here is fitted, stored or asked of a clock; the standard library is enough.
"""
