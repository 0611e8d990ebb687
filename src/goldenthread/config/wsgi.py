"""The server's entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from goldenthread.config.collector import look_rarely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
application = get_wsgi_application()
look_rarely()

# A history of two thousand entries is several hundred thousand small objects, hardly one of them in
# a cycle; looking for cycles among them took two fifths of such a page's time. What was loaded at
# the start is never looked at again, and the rest less often than Python's usual 700.
gc.freeze()
gc.set_threshold(25_000, 20, 100)
