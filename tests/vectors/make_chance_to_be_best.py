"""Writes chance_to_be_best.json: independent normal arms.

    pip install mpmath==1.4.1
    python3 tests/vectors/make_chance_to_be_best.py > tests/vectors/chance_to_be_best.json
"""

from mpmath import *
import json,random
mp.dps=25
def best(arms):
    out=[]
    for i,(m,s) in enumerate(arms):
        pts=[m+k*s for k in (-10,-6,-3,0,3,6,10)]
        for j,(mm,ss) in enumerate(arms):
            if j!=i:
                for z in(-6,-2,0,2,6):
                    x=mm+z*ss
                    if pts[0]<x<pts[6]: pts.append(x)
        f=lambda x: npdf(x,m,s)*fprod(ncdf((x-a)/b) for j,(a,b) in enumerate(arms) if j!=i)
        out.append(float(quad(f,sorted(pts))))
    return out
random.seed(1)
cases=[[(.5,.02),(.52,.02),(.55,.02)],[(0,1),(0,1)],[(0,1),(0.5,.01),(.2,.001)],[(0,1)]*5,[(10,2),(11,.1),(12,5),(9,.5)]]
for n in (2,3,4,8,20): cases.append([(round(random.gauss(0,1),3),round(10**random.uniform(-2,.5),4)) for _ in range(n)])
print('{\n "source": "mpmath 1.4.1, adaptive quadrature at 25 digits",\n "cases": [\n'+",\n".join('  '+json.dumps({"arms":c,"chances":best(c)}) for c in cases)+'\n ]\n}')
