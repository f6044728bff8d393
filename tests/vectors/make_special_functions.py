"""Writes special_functions.json: values at 36 digits, from mpmath 1.4.

    pip install mpmath==1.4.1
    python3 tests/vectors/make_special_functions.py > tests/vectors/special_functions.json
"""

import json

from mpmath import erfc, exp, gammainc, log, log1p, loggamma, mp, mpf, sqrt

mp.dps = 36


def normal_upper(x):
    return erfc(mpf(x) / sqrt(mpf(2))) / 2


def normal_cdf(x):
    return normal_upper(-mpf(x))


def normal_log_cdf(x):
    # Where the probability is near 1, its complement holds the digits.
    return log1p(-normal_upper(x)) if x > 0 else log(normal_cdf(x))


def beta_fraction(x, a, b):
    """I_x(a, b) by its continued fraction (DLMF 8.17.22), by Lentz's method."""
    front = exp(a * log(x) + b * log(1 - x) - log(a) + loggamma(a + b) - loggamma(a) - loggamma(b))
    tiny = mpf(10) ** -500
    c, d = mpf(1), 1 - (a + b) * x / (a + 1)
    d = 1 / (d if d else tiny)
    value = d
    for m in range(1, 100000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + step * d
            c = 1 + step / c
            d = 1 / (d if d else tiny)
            c = c if c else tiny
            value *= d * c
        if abs(d * c - 1) < mpf(10) ** -32:
            return front * value
    raise ArithmeticError((x, a, b))


def beta_both(x, a, b):
    """P(X <= x) and P(X > x), the smaller side by its own fraction."""
    x, a, b = mpf(x), mpf(a), mpf(b)
    if x <= 0 or x >= 1:
        return (mpf(0), mpf(1)) if x <= 0 else (mpf(1), mpf(0))
    if x > (a + 1) / (a + b + 2):
        upper = beta_fraction(1 - x, b, a)
        return 1 - upper, upper
    lower = beta_fraction(x, a, b)
    return lower, 1 - lower


def beta_cdf(x, a, b):
    return beta_both(x, a, b)[0]


def beta_upper(x, a, b):
    return beta_both(x, a, b)[1]


def t_upper(t, df):
    t, df = mpf(t), mpf(df)
    if t == 0:
        return mpf(1) / 2
    tail = beta_both(df / (df + t * t), df / 2, mpf(1) / 2)[0] / 2
    return tail if t >= 0 else 1 - tail


def solve(f, p, low, high):
    """The root of the increasing f(x) = p: bisection, then regula falsi (Illinois)."""
    low, high, p = mpf(low), mpf(high), mpf(p)
    f_low, f_high = f(low) - p, f(high) - p
    side = 0
    for step in range(500):
        if step < 40 and high - low > abs(high) * mpf("1e-3"):
            middle = (low + high) / 2
        else:
            middle = high - f_high * (high - low) / (f_high - f_low)
        value = f(middle) - p
        if abs(value) <= p * mpf(10) ** -20:
            return middle
        if value < 0:
            low, f_low = middle, value
            if side == -1:
                f_high /= 2
            side = -1
        else:
            high, f_high = middle, value
            if side == 1:
                f_low /= 2
            side = 1
        if high - low <= abs(high) * mpf(10) ** -20:
            break
    return (low + high) / 2


def normal_quantile(p):
    p = mpf(p)
    return solve(normal_cdf, p, -40, 0) if p < 0.5 else -solve(normal_cdf, 1 - p, -40, 0)


def t_quantile(p, df):
    p = mpf(p)
    if p == 0.5:
        return mpf(0)
    tail = min(p, 1 - p)
    found = solve(lambda t: 1 / t_upper(t, df), 1 / tail, 0, mpf(10) ** 12)
    return found if p > 0.5 else -found


def gamma_upper(a, x):
    a, x = mpf(a), mpf(x)
    # The continued fraction loses digits where the tail is near 1.
    return gammainc(a, x, regularized=True)


def rows(f, points):
    return [[*point, float(f(*point))] for point in points]


X = [-38, -30, -20, -10, -8.25, -5, -3, -1.96, -1, -0.5, -1e-3, 0, 1e-8, 0.25, 1, 1.96, 4, 8, 10, 30, 38]
P = [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.025, 0.05, 0.2, 0.4, 0.5, 0.6, 0.9, 0.975, 0.995, 0.9999999]
DF = [1, 1.5, 2, 3, 5, 17.776, 30, 120, 1000, 6867.5, 1e6]
T = [-100, -40, -10, -5, -2, -1, -0.1, 0, 0.5, 1.96, 3, 8, 30]
TP = [1e-10, 1e-5, 0.001, 0.025, 0.2, 0.4, 0.5, 0.9, 0.975, 0.9995]
BETA = [(0.5, 0.5), (1, 1), (2, 3), (0.5, 20.5), (82, 183), (10, 1000), (1e-1, 5), (300, 300), (5000.5, 95000.5), (0.5, 100000.5)]
BX = [1e-10, 1e-5, 0.001, 0.01, 0.1464466094067262, 0.3, 0.5, 0.7, 0.95, 0.999]
BP = [1e-6, 0.001, 0.025, 0.25, 0.5, 0.75, 0.975, 0.9999]
A = [0.5, 1, 1.5, 2.5, 5, 10, 50, 200, 300, 900, 1e4, 1e6]
CHI = [(x, k) for k in [1, 2, 3, 5, 10, 19] for x in [1e-6, 0.01, 0.5, 1, 3.841458820694124, 10, 50, 200, 1400]]
LN = [1e-10, 0.001, 0.25, 0.5, 1, 1.00000001, 1.5, 2, 2.00000001, 2.5, 7.25, 30, 100, 1234.5, 1e5, 1e10]


def main():
    beta_points = [(x, a, b) for a, b in BETA for x in BX]
    tables = {
        "normal_cdf": rows(normal_cdf, [(x,) for x in X]),
        "normal_upper_tail": rows(normal_upper, [(x,) for x in X]),
        "normal_log_cdf": rows(normal_log_cdf, [(x,) for x in X + [-100, -1000]]),
        "normal_quantile": rows(normal_quantile, [(p,) for p in P]),
        "t_upper_tail": rows(t_upper, [(t, df) for df in DF for t in T]),
        "t_cdf": rows(lambda t, df: t_upper(-mpf(t), df), [(t, df) for df in DF for t in T]),
        "t_quantile": rows(t_quantile, [(p, df) for df in DF for p in TP]),
        "beta_cdf": rows(beta_cdf, beta_points),
        "beta_upper_tail": rows(beta_upper, beta_points),
        "beta_quantile": rows(
            lambda p, a, b: solve(lambda x: beta_cdf(x, a, b), p, 0, 1),
            [(p, a, b) for a, b in BETA[:8] for p in BP],
        ),
        "gamma_upper": rows(gamma_upper, [(a, a * m) for a in A for m in [0.01, 0.5, 0.9, 0.999, 1, 1.001, 1.1, 1.5, 3]]),
        "chi_square_upper_tail": rows(lambda x, k: gamma_upper(mpf(k) / 2, mpf(x) / 2), CHI),
        "gamma_ln": rows(lambda x: loggamma(mpf(x)), [(x,) for x in LN]),
    }
    source = "mpmath 1.4.1 at 36 digits; arguments are exact doubles, the last column is the value"
    lines = [f' "source": {json.dumps(source)}']
    for name, table in tables.items():
        body = ",\n".join(f"  {json.dumps(row)}" for row in table)
        lines.append(f" {json.dumps(name)}: [\n{body}\n ]")
    print("{\n" + ",\n".join(lines) + "\n}")


main()
