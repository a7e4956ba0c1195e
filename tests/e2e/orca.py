"""A real screen reader at work: Orca reads a real Chromium; what it says arrives as lines of text.

Nothing is heard: speech-dispatcher's generic module appends each utterance to a file. Every program
runs under a home folder of its own, on a display and a message bus of its own, and is ended by its
id. It is Orca on Linux; it says nothing of NVDA, JAWS or VoiceOver.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

PROGRAMS = (
    "chromium",
    "orca",
    "speech-dispatcher",
    "Xvfb",
    "xdotool",
    "dbus-daemon",
    "gsettings",
)
# Debian's place for it, and Fedora's.
BUS_LAUNCHERS = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi-bus-launcher"))

QUIET_SECONDS = 0.5  # speech has ended when the file did not grow for so long
FIRST_WORD_SECONDS = 4.0  # how long Orca may think before it begins
LONGEST_SPEECH_SECONDS = 20.0
SCREEN = "1280x1000x24"

SPEECHD_CONF = """\
LogLevel 1
AudioOutputMethod "libao"
LogDir "{logs}"
DefaultVolume 100
DefaultLanguage "en"
DefaultPunctuationMode "none"
AddModule "textfile" "sd_generic" "textfile.conf"
DefaultModule textfile
"""
# One line an utterance. The module strips quotes from $DATA, so the single quotes hold.
TEXTFILE_CONF = """\
GenericExecuteSynth "printf '%s\\\\n' \\'$DATA\\' >> {spoken}"
GenericLanguage "en" "en" "utf-8"
AddVoice "en" "MALE1" "en"
DefaultVoice "en"
GenericMaxChunkLength 5000
GenericDelimiters "."
"""
ORCA_SETTINGS = {
    "enableKeyEcho": False,
    "enableEchoByWord": False,
    "enableBraille": False,
    "enableSound": False,
    "enableTutorialMessages": False,
    "presentTimeFormat": "%H:%M",
}


class OrcaUnavailable(Exception):
    """This machine cannot run Orca; the sentence says what is missing."""


def missing_programs() -> list[str]:
    """Names of the programs that are not installed; empty where Orca can run."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if _bus_launcher() is None:
        missing.append("at-spi-bus-launcher")
    return missing


def _bus_launcher() -> Path | None:
    return next((path for path in BUS_LAUNCHERS if path.exists()), None)


class Listener:
    """Chromium with Orca beside it. `press` sends real keys and returns what was said then.

    room: an empty folder for homes, settings, logs and the spoken text.
    Raises OrcaUnavailable where a program is missing or does not start.
    """

    def __init__(self, room: Path) -> None:
        missing = missing_programs()
        if missing:
            raise OrcaUnavailable(f"not installed: {', '.join(missing)}")
        self.room = room
        self.spoken_file = room / "spoken.txt"
        # Sockets lie here: their paths may have 107 letters at most, and each test's own folder is longer.
        self.run_folder = Path(tempfile.mkdtemp(prefix="ears-", dir="/tmp"))
        self._processes: list[subprocess.Popen[bytes]] = []
        self._environment = self._fresh_environment()
        self._read_to = 0

    def start(self, address: str) -> "Listener":
        """Start everything, open `address`, and wait until Orca has spoken of it."""
        try:
            self._start_display()
            self._start_buses()
            self._start_speech()
            self._start_orca()
            self._start_browser(address)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End each program that was started here, the last first, by its id."""
        for process in reversed(self._processes):
            _end(process)
        self._processes.clear()
        shutil.rmtree(self.run_folder, ignore_errors=True)

    # --- What a test does -------------------------------------------------------------------------

    def press(self, *keys: str) -> list[str]:
        """Press each key (X names: `Tab`, `shift+Tab`, `h`) and return all that was said."""
        lines: list[str] = []
        for key in keys:
            self._forget()
            self._run("xdotool", "key", "--clearmodifiers", key)
            lines += self._listen()
        return lines

    def type(self, text: str) -> list[str]:
        """Type a text, and return all that was said."""
        self._forget()
        self._run("xdotool", "type", "--delay", "30", text)
        return self._listen()

    def visit(self, address: str, title: str) -> None:
        """Go to an address by the address bar, until the page with `title` is there.

        What is said while loading proves nothing, and is not returned.
        """
        for _ in range(3):
            self._run("xdotool", "key", "--clearmodifiers", "ctrl+l")
            time.sleep(0.3)
            self._run("xdotool", "key", "--clearmodifiers", "ctrl+a")
            self._run("xdotool", "type", "--delay", "5", address)
            self._forget()
            self._run("xdotool", "key", "Return")
            self._listen()
            # Orca reads a page on its own once it has loaded: a key ends that.
            self._run("xdotool", "key", "Control_L")
            self._listen(first_word=QUIET_SECONDS)
            if title.lower() in self.title().lower():
                return
        raise AssertionError(f"{address} shows {self.title()!r}, not {title!r}")

    def use_focus_mode(self) -> None:
        """Let keys reach the field that has the focus, by Orca's own command for it."""
        for _ in range(2):
            if "focus mode" in " ".join(self.press("Insert+a")).lower():
                return
        raise AssertionError("Orca did not change to focus mode")

    def press_until(self, key: str, wanted: str, *, at_most: int = 30) -> list[str]:
        """Press `key` until something said holds `wanted` (any case).

        Returns the lines of that last press. Raises AssertionError with all that was said.
        """
        heard: list[str] = []
        for _ in range(at_most):
            lines = self.press(key)
            heard += lines
            if wanted.lower() in " ".join(lines).lower():
                return lines
        raise AssertionError(
            f"Orca did not say {wanted!r} in {at_most} presses of {key}. It said: {heard}"
        )

    def wait_for_title(self, wanted: str, *, seconds: float = 10) -> None:
        """Wait until the page's title holds `wanted`, and Orca has fallen silent about it."""
        end = time.monotonic() + seconds
        while wanted.lower() not in self.title().lower():
            if time.monotonic() > end:
                raise AssertionError(f"The page is {self.title()!r}, not {wanted!r}")
            time.sleep(0.1)
        self._listen(first_word=1.0)

    def title(self) -> str:
        """The title of the window that has the focus."""
        return self._run("xdotool", "getwindowfocus", "getwindowname").strip()

    # --- Starting ---------------------------------------------------------------------------------

    def _fresh_environment(self) -> dict[str, str]:
        folders = {
            "HOME": self.room / "home",
            "XDG_CONFIG_HOME": self.room / "config",
            "XDG_CACHE_HOME": self.room / "cache",
            "XDG_DATA_HOME": self.room / "share",
            "XDG_RUNTIME_DIR": self.run_folder,
        }
        for folder in folders.values():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        return (
            kept
            | {name: str(folder) for name, folder in folders.items()}
            | {
                "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8",
                "GSETTINGS_BACKEND": "keyfile",  # a file in XDG_CONFIG_HOME: no further service
                "GTK_MODULES": "gail:atk-bridge",
                "ACCESSIBILITY_ENABLED": "1",
                "NO_AT_BRIDGE": "0",
            }
        )

    def _start_display(self) -> None:
        # Xvfb chooses a free number itself: a guessed one is taken sooner or later.
        reading, writing = os.pipe()
        self._spawn(
            "Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp",
            pass_fds=(writing,),
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise OrcaUnavailable("Xvfb did not start")
        self._environment["DISPLAY"] = f":{number}"

    def _start_buses(self) -> None:
        socket = self.run_folder / "bus"
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        self._spawn(
            "dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={socket}"
        )
        self._wait(socket.exists, "the message bus")
        self._run(
            "gsettings", "set", "org.gnome.desktop.interface", "toolkit-accessibility", "true"
        )
        self._spawn(str(_bus_launcher()), "--launch-immediately", "--a11y=1", "--screen-reader=1")
        self._wait(lambda: any(self.run_folder.glob("at-spi/bus*")), "the accessibility bus")

    def _start_speech(self) -> None:
        settings = self.room / "config" / "speech-dispatcher"
        (settings / "modules").mkdir(parents=True)
        (settings / "speechd.conf").write_text(SPEECHD_CONF.format(logs=self.room / "logs"))
        (settings / "modules" / "textfile.conf").write_text(
            TEXTFILE_CONF.format(spoken=self.spoken_file)
        )
        # The module wants a sound card at start, though it never plays a sound.
        (self.room / "home" / ".libao").write_text("default_driver=null\n")
        self.spoken_file.touch()
        self._spawn(
            "speech-dispatcher", "--run-single", "--timeout", "0", "--config-dir", str(settings)
        )
        socket = self.run_folder / "speech-dispatcher" / "speechd.sock"
        self._wait(socket.exists, "speech-dispatcher")

    def _start_orca(self) -> None:
        preferences = self.room / "orca"
        preferences.mkdir()
        general = ORCA_SETTINGS | {"profile": ["Default", "default"]}
        (preferences / "user-settings.conf").write_text(
            json.dumps({
                "general": general,
                "profiles": {"default": general | {"pronunciations": {}, "keybindings": {}}},
                "pronunciations": {},
                "keybindings": {},
            })
        )  # fmt: skip
        self._spawn("orca", "--user-prefs", str(preferences))
        self._wait(lambda: "screen reader on" in self._all_spoken().lower(), "Orca")

    def _start_browser(self, address: str) -> None:
        profile = self.room / "profile"
        (profile / "Default").mkdir(parents=True)
        # No question about saving passwords: it would take the focus from the page.
        (profile / "Default" / "Preferences").write_text(
            '{"credentials_enable_service": false, "profile": {"password_manager_enabled": false}}'
        )
        self._spawn(
            # --test-type: no bar that warns of --no-sandbox, which root needs.
            "chromium", "--force-renderer-accessibility", "--no-sandbox", "--test-type", "--disable-quic",
            "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-gpu",
            "--disable-dev-shm-usage",
            "--password-store=basic", "--disable-features=Translate,PasswordManagerOnboarding",
            "--window-position=0,0", "--window-size=1280,1000",
            f"--user-data-dir={profile}", address,
        )  # fmt: skip
        found = self._run(
            "xdotool", "search", "--sync", "--onlyvisible", "--class", "chromium", seconds=30
        ).split()
        # No window manager runs here, so nobody else gives the window the focus.
        self._run("xdotool", "windowfocus", "--sync", found[-1])
        self._listen(first_word=15)
        self._run("xdotool", "key", "Control_L")
        self._listen(first_word=QUIET_SECONDS)

    # --- Listening --------------------------------------------------------------------------------

    def _all_spoken(self) -> str:
        return self.spoken_file.read_text(encoding="utf-8", errors="replace")

    def _forget(self) -> None:
        self._read_to = self.spoken_file.stat().st_size

    def _listen(self, *, first_word: float = FIRST_WORD_SECONDS) -> list[str]:
        """Lines said since the last `_forget`, once it has been quiet for half a second."""
        begun = changed = time.monotonic()
        size = self._read_to
        while time.monotonic() - begun < LONGEST_SPEECH_SECONDS:
            now, before = time.monotonic(), size
            size = self.spoken_file.stat().st_size
            if size != before:
                changed = now
            wait = QUIET_SECONDS if size > self._read_to else first_word
            if now - changed >= wait:
                break
            time.sleep(0.05)
        text = self.spoken_file.read_bytes()[self._read_to : size].decode(errors="replace")
        self._read_to = size
        return [line.strip() for line in text.splitlines() if line.strip()]

    # --- Programs ---------------------------------------------------------------------------------

    def _spawn(self, *command: str, pass_fds: Iterable[int] = ()) -> None:
        name = Path(command[0]).name
        (self.room / "logs").mkdir(exist_ok=True)
        with (self.room / "logs" / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                pass_fds=tuple(pass_fds),
                start_new_session=True,
            )
        self._processes.append(process)

    def _run(self, *command: str, seconds: float = 15) -> str:
        done = subprocess.run(
            command,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=True,
        )
        return done.stdout

    def _wait(self, ready: Callable[[], bool], name: str, *, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if ready():
                return
            time.sleep(0.05)
        raise OrcaUnavailable(
            f"{name} did not start in {seconds:.0f} s; its log lies in {self.room / 'logs'}"
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process and the children in its own session to stop; insist after three seconds."""
    for sign, seconds in ((signal.SIGTERM, 3), (signal.SIGKILL, 3)):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=seconds)
            break
        except subprocess.TimeoutExpired:
            continue
