"""The names under which our work is known to Prefect."""

WORK_POOL = "forlopp"
WORKER_TYPE = "forlopp"
DEPLOYMENT = "forlopp"
LEARNING_LOOP = f"learning-loop/{DEPLOYMENT}"
