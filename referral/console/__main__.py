"""The console's process."""

import logging
import sys

import waitress
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from referral.console.app import create_app
from referral.console.extension import ExtensionError, load_extensions
from referral.db import engine_for
from referral.directory import DirectoryError
from referral.errors import KeyListError
from referral.settings import ReferralSettings, SettingsError

THREADS = 4


def main() -> int:
    """Serve the console on loopback; return the exit code after one clear line about what is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = ReferralSettings.from_env("console")
        key = (settings.data_dir / "secrets" / "console_session_key").read_bytes()
        engine = engine_for(settings.database_url)
        if not inspect(engine).has_table("case_record"):
            print("The database has no tables yet. Run `make run` or `korpu init` first.", file=sys.stderr)
            return 2
        app = create_app(
            engine=engine,
            data_dir=settings.data_dir,
            session_key=key,
            locales=settings.locales_dir,
            extensions=load_extensions(settings.console_pages),
        )
    except (SettingsError, KeyListError, DirectoryError, ExtensionError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename} is missing. Run `make run` or `korpu init` first.", file=sys.stderr)
        return 2
    except SQLAlchemyError as error:
        print(f"The database cannot be reached ({type(error).__name__}). Check KORPU_DATABASE_URL.", file=sys.stderr)
        return 2
    waitress.serve(app, host="127.0.0.1", port=settings.console_port, threads=THREADS, ident=None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
