"""What people do with faces: answer questions, name groups, put them together, switch recognition.

Only the library's owner decides; people.services checks the same for what it writes. Everything but the
switch writes an entry of the journal, by which it can be taken back (undo).
"""

from faces.services.answers import Answer, Answered, AnswerKind, answer_questions
from faces.services.groups import (
    hide_group,
    merge_groups,
    move_faces,
    split_group,
    take_out_of_group,
)
from faces.services.naming import (
    NamedGroup,
    answer_suggestion,
    draw_face,
    is_a_face,
    name_face,
    name_group,
    not_a_face,
    take_back_refusal,
    take_name_off,
)
from faces.services.people import hide_person, merge_people
from faces.services.regrouping import regroup_library, regroup_person
from faces.services.switch import switch_recognition
from faces.services.undoing import Undone, undo

__all__ = [
    "Answer",
    "AnswerKind",
    "Answered",
    "NamedGroup",
    "Undone",
    "answer_questions",
    "answer_suggestion",
    "draw_face",
    "hide_group",
    "hide_person",
    "is_a_face",
    "merge_groups",
    "merge_people",
    "move_faces",
    "name_face",
    "name_group",
    "not_a_face",
    "regroup_library",
    "regroup_person",
    "split_group",
    "switch_recognition",
    "take_back_refusal",
    "take_name_off",
    "take_out_of_group",
    "undo",
]
