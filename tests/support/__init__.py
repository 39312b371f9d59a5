"""What the tests stand on: servers, a browser, a mail server, stricter templates."""
