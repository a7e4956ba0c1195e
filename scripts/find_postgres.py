"""Print the address of a PostgreSQL whose tests may make databases, or nothing."""

import getpass
import os
import sys

import psycopg

address = os.environ.get(
    "PHOTOLIB_TEST_POSTGRES", f"postgresql://{getpass.getuser()}@127.0.0.1:5432/postgres"
)
try:
    with psycopg.connect(address, connect_timeout=2) as connection:
        row = connection.execute(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
except psycopg.Error:
    row = None
if row and row[0]:
    # A name of our own: the tests' database is called test_photolib.
    sys.stdout.write(address.rsplit("/", 1)[0] + "/photolib\n")
