"""An end-to-end canary: does an event of each route come out at the far end of every target?"""
