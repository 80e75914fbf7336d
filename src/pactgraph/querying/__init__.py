"""Stage 8: named questions and SPARQL over the graph give rows with the words that prove them.

questions, question        the questions in queries/*.rq, with what their headers say
guide, listing             the help of a question, and the list of all
answer                     one question's Answer, every quote checked against its source
records                    every contract term of an agreement as a record
states                     what is known of each kind of term in an agreement
compare, show_matrix       what agreements state of kinds of term, beside each other, best and worst marked
show_answer, show_result   print an answer, or the result of any query, in each format
"""

from pactgraph.querying.answering import answer
from pactgraph.querying.cells import QueryResult, Select, Texts
from pactgraph.querying.formats import answer_csv, answer_json, csv_cell, without_rows
from pactgraph.querying.guide import guide, listing
from pactgraph.querying.headers import Question, question, questions, read_question
from pactgraph.querying.matrix import Cell, Line, Matrix, compare
from pactgraph.querying.matrix_formats import MATRIX_FORMATS, show_matrix
from pactgraph.querying.parameters import Given, Parameter
from pactgraph.querying.records import Record, records
from pactgraph.querying.showing import ANSWER_FORMATS, RESULT_FORMATS, show_answer, show_result
from pactgraph.querying.states import states
from pactgraph.querying.tables import QUOTES, shown

__all__ = [
    "ANSWER_FORMATS",
    "MATRIX_FORMATS",
    "QUOTES",
    "RESULT_FORMATS",
    "Cell",
    "Given",
    "Line",
    "Matrix",
    "Parameter",
    "QueryResult",
    "Question",
    "Record",
    "Select",
    "Texts",
    "answer",
    "answer_csv",
    "answer_json",
    "compare",
    "csv_cell",
    "guide",
    "listing",
    "question",
    "questions",
    "read_question",
    "records",
    "show_answer",
    "show_matrix",
    "show_result",
    "shown",
    "states",
    "without_rows",
]
