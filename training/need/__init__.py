"""What was needed, as far as anybody knows, and how sure a figure about it is.

    known_need.py  labels from what was found or happened, closed contacts put right by the second looks
    logistic.py    the small regression that this takes
    shares.py      a share in need with its interval, families the unit
    risk_curve.py  the same by a smooth curve of need over the score
    ranking.py     areas under the curve and average precision
    resampling.py  families drawn again and again

No classifier and no rule is known here.
"""
