"""The designated officer's records: allegations about licensed people, from the telephone call to the outcome.

Working Together to Safeguard Children 2023, chapter 4: a county designates officers (LADO) who manage and oversee
allegations against people who work with children. Here are those about licensed people and places; what passes to a
licensing authority is what the officer releases to it, and no more.

Nobody else can see, count, infer or search a case. Three walls, each by itself enough: the permission on the view, the
query, and the database, which gives a row only to whoever may know of its case and whose look at it was committed in
the restricted trail before. Who is a subject stands in no column in the open: a keyed hash finds them.
Start reading at words.py, then access.py; the walls are migration 0039.
"""
