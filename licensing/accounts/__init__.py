"""Authorities, the people who sign in for them, their roles and sessions.

Secrets (password hashes, authenticator secrets, session and invitation tokens) live in tables that the
application's database role cannot read; it reaches them through the procedures in migration 0001 alone.
Start reading at models.py, then sign_in.py.
"""
