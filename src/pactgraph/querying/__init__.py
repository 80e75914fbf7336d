"""Named questions and SPARQL over the graph: rows with the words that prove them.

questions, question   the questions in queries/*.rq, with what their headers say
answer                one question's Answer, every quote checked against its source
records               every contract term of an agreement as a record
ANSWER_FORMATS        json and csv; show_answer prints a table
RESULT_FORMATS        table, json and csv for the results of any query
"""

from pactgraph.querying.answering import answer
from pactgraph.querying.cells import QueryResult, Select, Texts
from pactgraph.querying.formats import ANSWER_FORMATS, answer_text, csv_text
from pactgraph.querying.headers import Question, question, questions, read_question
from pactgraph.querying.records import Record, records
from pactgraph.querying.results import RESULT_FORMATS, show_result
from pactgraph.querying.tables import QUOTES, show_answer, shown

__all__ = [
    "ANSWER_FORMATS",
    "QUOTES",
    "RESULT_FORMATS",
    "QueryResult",
    "Question",
    "Record",
    "Select",
    "Texts",
    "answer",
    "answer_text",
    "csv_text",
    "question",
    "questions",
    "read_question",
    "records",
    "show_answer",
    "show_result",
    "shown",
]
