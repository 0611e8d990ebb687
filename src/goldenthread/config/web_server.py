"""The web server's own settings, read by gunicorn: what `serving.web_command` does not say.

Its lines are written like the service's. What was asked for is not written at all: addresses hold
ids, and who read what is told by the audit trail.
"""

from goldenthread.config.log_lines import to_standard_error

_lines = to_standard_error()
_own = {"handlers": ["console"], "level": "WARNING", "propagate": False}
logconfig_dict = {**_lines, "loggers": {"gunicorn.error": _own}}
accesslog = None
# A request line and its headers, far above what a page of ours needs.
limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190
