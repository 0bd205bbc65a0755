"""One SQLite file: tables, connections, migrations, the journal behind undo, search, backup."""
