"""manage.py audit_biometrics: looks for vectors where none may be, and says where it looked."""
