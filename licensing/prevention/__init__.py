"""Prevention: what is counted of the work with children at risk, and who was made aware.

Indicators are counts of a period that an agency gives: enquiries at the multi-agency safeguarding hub, screening tools,
children missing often. Which there are is data (indicators.csv). Awareness is what was done so that hotels, drivers,
councillors and others know what to look for, with how many it reached. Both are plain counts: nobody is in them, so
whoever works on disruption in any council of the service reads them. A figure is put right by another row that takes
its place. Start reading at catalogue.py and words.py.
"""
