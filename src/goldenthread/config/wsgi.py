"""The server's entry point."""

import os

from django.core.wsgi import get_wsgi_application

from goldenthread.config.collector import look_rarely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
application = get_wsgi_application()
look_rarely()
