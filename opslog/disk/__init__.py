"""What store and files both need of the disk: locks between processes, paths that pass."""
