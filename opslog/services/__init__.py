"""What the operator can do: one module a job, one function a verb, one transaction a call."""
