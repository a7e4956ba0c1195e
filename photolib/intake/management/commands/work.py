"""manage.py work: one worker process."""

import json
import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from photolib.consent.replay import replay_erasures
from photolib.intake.hands import BeatingHand
from photolib.intake.limits import limit_this_process, set_one_thread
from photolib.intake.models import StepRun, StepState
from photolib.intake.worker import work


class Command(BaseCommand):
    help = "Run one worker: takes in what arrived and runs the steps of each photo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--drain", action="store_true", help="end as soon as nothing is left to do"
        )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *, drain: bool, json: bool, **options: Any) -> None:
        set_one_thread()
        limit_this_process()
        replay_erasures()
        worked = 0

        def count() -> None:
            nonlocal worked
            worked += 1

        with BeatingHand(end_when_stuck=True) as hand:

            def stop(number: int, frame: FrameType | None) -> None:
                # It finishes the step it is at.
                hand.stopping = True

            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, stop)
            work(hand, drain=drain, tell=count)
        if json:
            self.stdout.write(_summary(worked))


def _summary(worked: int) -> str:
    parked = StepRun.objects.filter(state=StepState.PARKED).count()
    return json.dumps({"worked_on": worked, "parked_steps": parked})
