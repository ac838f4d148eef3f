"""Slips of editors and translators, at least two of each rule, in all languages; each in an entry of its own."""

from tests.content.edits import Mistake, emptied, marked, po, replaced, retranslated, translated, within, written

ANSWERS, DIALOGUE, FACTS = "source/answers.yml", "source/dialogue.yml", "facts.yml"
PROVIDERS = """providers:
  nowhere:
    name: {en: "Line 152", az: "Xətt 125", ru: "Линия 152"}
    behind: ngo
    phones: [hotline_trafficking, no_such_number]
    address: null
    checked: "2026-04-30"
  long_ago:
    name: {az: "Köhnə"}
    behind: state
    phones: []
    checked: "2025-04-30"
  Line-3:
    name: {en: "A third"}
    behind: company
    phones: [fine_min]
    checked: "2026-04-30"
  some_day:
    name: {en: "Some day"}
    behind: ngo
    phones: []
    checked: "April"
"""
LONG = "word " * 30
HARD = (
    "Institutional accountability necessitates comprehensive documentation. "
    "Discriminatory administrative practices contravene constitutional guarantors. " * 3
)

PLACEHOLDERS = (
    Mistake(
        *("placeholders", "missing", po("ru", "answers"), "answer/work_permit"),
        translated("ru", "answers", "answer/work_permit", "{work_permit_years} года", "одного года"),
    ),
    Mistake(
        *("placeholders", "extra", po("fa", "answers"), "answer/stay_overstay"),
        translated("fa", "answers", "answer/stay_overstay", "{fine_min}", "{fine_mim}"),
    ),
    Mistake(
        *("placeholders", "unknown", ANSWERS, "answer/health_doctor"),
        within(ANSWERS, "health_doctor", "{insurance_year}", "{insurance_yaer}"),
    ),
    Mistake(
        *("placeholders", "elsewhere", DIALOGUE, "text/too_fast"),
        within(DIALOGUE, "  too_fast", "Please wait", "{organisation} asks you: wait"),
    ),
    Mistake(
        *("placeholders", "broken", po("ka", "answers"), "answer/work_contract"),
        translated("ka", "answers", "answer/work_contract", "{hotline_labour}", "{hotline_labour"),
    ),
    Mistake(
        *("placeholders", "missing", po("ru", "console"), "The case is now: %(state)s."),
        translated("ru", "console", "The case is now: %(state)s.", "%(state)s", "новое"),
    ),
)
MARKUP = (
    Mistake(
        *("tags", "open", po("uk", "answers"), "answer/work_accident"),
        translated("uk", "answers", "answer/work_accident", "</b>", ""),
    ),
    Mistake(
        *("tags", "not_allowed", po("ar", "answers"), "answer/stay_family"),
        translated("ar", "answers", "answer/stay_family", "<b>", "<b><u>"),
    ),
    Mistake(
        *("tags", "other", po("az", "dialogue"), "text/greet"),
        translated("az", "dialogue", "text/greet", "<b>Salam.", "<b><i>Salam.</i>"),
    ),
    Mistake(
        *("tags", "bare", DIALOGUE, "text/input_other"),
        within(DIALOGUE, "  input_other", "only text", "text < 4096"),
    ),
    Mistake(
        *("numbers", "other", po("tr", "dialogue"), "text/status_none"),
        translated("tr", "dialogue", "text/status_none", "16", "12"),
    ),
    Mistake(
        *("numbers", "other", po("az", "dialogue"), "label/age_18_24"),
        translated("az", "dialogue", "label/age_18_24", "24", "25"),
    ),
    Mistake(
        *("numbers", "other", po("fa", "dialogue"), "label/time_day"),
        translated("fa", "dialogue", "label/time_day", "18", "۱۹"),
    ),
    Mistake(
        *("links", "other", po("ka", "dialogue"), "text/help"),
        translated("ka", "dialogue", "text/help", "/delete", "/delet"),
    ),
    Mistake(
        *("links", "other", po("az", "answers"), "answer/life_money"),
        translated("az", "answers", "answer/life_money", "PIN", "PIN https://example.org"),
    ),
    Mistake(
        *("links", "no_command", DIALOGUE, "text/fallback_sorry"),
        within(DIALOGUE, "  fallback_sorry", "open the topics", "open the topics with /topics"),
    ),
)
NAMES = (
    Mistake(
        *("references", "no_source", ANSWERS, "answer/life_housing"),
        within(ANSWERS, "life_housing", "[sms_registration]", "[sms_registation]"),
    ),
    Mistake(
        *("references", "no_related", ANSWERS, "answer/life_legal_aid"),
        within(ANSWERS, "life_legal_aid", "stay_expulsion]", "stay_expulsions]"),
    ),
    Mistake(
        *("references", "no_backing", ANSWERS, "answer/health_vaccination_routine"),
        within(ANSWERS, "health_vaccination_routine", "vaccination_free", "vaccination_is_free"),
    ),
    Mistake(
        *("references", "no_promise", ANSWERS, "answer/life_school"),
        within(ANSWERS, "life_school", "{free:", "{gratis:"),
    ),
    Mistake(
        *("references", "weak_backing", ANSWERS, "answer/stay_registration"),
        within(FACTS, "  registration_free", "confidence: confirmed", "confidence: unconfirmed"),
    ),
)
SURENESS = (
    Mistake(
        *("facts", "empty", ANSWERS, "answer/trafficking_victim_rights"),
        within(FACTS, "  reflection_days", "value: 30", "value: null"),
    ),
    Mistake(
        *("facts", "unconfirmed", ANSWERS, "answer/hotline_ombudsman"),
        within(FACTS, "  ombudsman_address", "confidence: confirmed", "confidence: unconfirmed"),
    ),
    Mistake(
        *("facts", "undated", ANSWERS, "answer/stay_permanent_residence"),
        within(FACTS, "  permanent_years", "confidence: confirmed", "confidence: then"),
    ),
    Mistake(
        *("reviews", "overdue", FACTS, "allowance"),
        within(FACTS, "  allowance", 'review_by: "2027-01-31"', 'review_by: "2026-06-01"'),
    ),
    Mistake(
        *("reviews", "overdue", ANSWERS, "answer/life_idp"),
        within(ANSWERS, "life_idp", 'checked: "2026-11-24"', 'checked: "2025-10-24"'),
    ),
    Mistake(
        *("reviews", "future", FACTS, "asylum_interview_days"),
        within(FACTS, "  asylum_interview_days", 'checked: "2026-04-30"', 'checked: "2027-04-30"'),
    ),
    Mistake(
        *("reviews", "backwards", FACTS, "border_until"),
        within(FACTS, "  border_until", 'review_by: "2027-01-31"', 'review_by: "2026-01-31"'),
    ),
    Mistake(
        *("reviews", "call_ahead", FACTS, "hotline_women"),
        within(FACTS, "  hotline_women", "test_dialled: null", 'test_dialled: "2027-01-02"'),
    ),
    Mistake(
        *("reviews", "no_phone", FACTS, "hours_day"),
        within(FACTS, "  hours_day", "test_dialled: null", 'test_dialled: "2026-11-02"'),
    ),
    Mistake(
        *("phones", "invalid", FACTS, "hotline_child"),
        within(FACTS, "  hotline_child", '"116111"', '"116112"'),
    ),
    Mistake(
        *("phones", "invalid", FACTS, "iom_phone"),
        within(FACTS, "  iom_phone", "value: null", 'value: "+994 12 465 90"'),
    ),
    Mistake(
        *("phones", "invalid", FACTS, "yimer"),
        within(FACTS, "  yimer", "country: TR", "country: AZ"),
    ),
    Mistake(
        *("phones", "typed", ANSWERS, "answer/health_mental"),
        within(ANSWERS, "health_mental", "{ambulance}: ambulance", "103: ambulance"),
    ),
    Mistake(
        *("phones", "typed", DIALOGUE, "text/message_failed"),
        within(DIALOGUE, "  message_failed", "{hotline_emergency}", "(012) 919"),
    ),
    Mistake(
        *("owner", "missing", po("uk", "answers"), "answer/work_job_offer_check"),
        translated("uk", "answers", "answer/work_job_offer_check", "Це поліція.", ""),
    ),
    Mistake(
        *("owner", "missing", po("az", "answers"), "answer/violence_child"),
        translated("az", "answers", "answer/violence_child", ", qeyri-hökumət təşkilatı", ""),
    ),
    Mistake(
        *("owner", "unknown", FACTS, "womens_support_phone"),
        within(FACTS, "  womens_support_phone", "behind: ngo", "behind: null"),
    ),
    Mistake(
        *("promises", "unbacked", ANSWERS, "answer/work_training"),
        within(ANSWERS, "work_training", "Ask first whether", "It is free. Ask whether"),
    ),
    Mistake(
        *("promises", "unbacked", DIALOGUE, "text/insult"),
        within(DIALOGUE, "  insult", "write to a person", "write to a person and stay anonymous"),
    ),
    Mistake(
        *("promises", "added", po("ru", "answers"), "answer/discrimination_what_is"),
        translated("ru", "answers", "answer/discrimination_what_is", "государственный", "бесплатный, государственный"),
    ),
    Mistake(
        *("promises", "added", po("fa", "answers"), "answer/life_money"),
        translated("fa", "answers", "answer/life_money", "رسید را", "رسید تضمین را"),
    ),
    Mistake(
        *("promises", "added", po("ka", "dialogue"), "text/danger_follow_up"),
        translated("ka", "dialogue", "text/danger_follow_up", "აქედან", "აქედან ანონიმურად"),
    ),
)
FORM = (
    Mistake(
        *("length", "too_long", po("uk", "dialogue"), "label/btn_talk"),
        translated("uk", "dialogue", "label/btn_talk", ' "', ' "Написати просто зараз, тут '),
    ),
    Mistake(
        *("length", "too_long", po("ka", "dialogue"), "label/profile_about"),
        translated("ka", "dialogue", "label/profile_about", ' "', f' "{"სიტყვა " * 12}'),
    ),
    Mistake(
        *("length", "too_long", po("ru", "answers"), "answer/hotline_all"),
        translated("ru", "answers", "answer/hotline_all", "полиция", f"полиция {'слово ' * 150}"),
    ),
    Mistake(
        *("length", "empty", po("ar", "dialogue"), "label/btn_back"),
        retranslated("ar", "dialogue", "label/btn_back", " "),
    ),
    Mistake(
        *("buttons", "unknown", DIALOGUE, "text/out_of_scope"),
        within(DIALOGUE, "  out_of_scope", "menu=btn_menu", "menuu=btn_menu"),
    ),
    Mistake(
        *("buttons", "too_long", DIALOGUE, "text/thank"),
        within(DIALOGUE, "  thank", "request_help=", f"request_help:{'a' * 50}="),
    ),
    Mistake(
        *("buttons", "no_label", DIALOGUE, "text/affirm"),
        within(DIALOGUE, "  affirm", "=btn_menu", "=btn_topics"),
    ),
    Mistake(
        *("layout", "not_bold", ANSWERS, "answer/life_language_course"),
        within(ANSWERS, "life_language_course", "<b>We could not confirm", "<b>We</b> could not <b>confirm"),
    ),
    Mistake(
        *("layout", "lines", po("ar", "answers"), "answer/hotline_embassy"),
        translated("ar", "answers", "answer/hotline_embassy", '\\n"\n"• إذا كنت', " إذا كنت"),
    ),
    Mistake(
        *("layout", "words", ANSWERS, "answer/stay_lost_passport"),
        within(ANSWERS, "stay_lost_passport", "passport or a travel paper", f"passport. {'You can ask. ' * 40}"),
    ),
    Mistake(
        *("layout", "no_number", ANSWERS, "answer/discrimination_housing"),
        within(ANSWERS, "discrimination_housing", "☎ {police}: police", "☎ police"),
    ),
    Mistake(
        *("layout", "card", po("tr", "dialogue"), "text/card_medical_emergency"),
        translated("tr", "dialogue", "text/card_medical_emergency", "Nerede", f"{'çok ' * 60}Nerede"),
    ),
    Mistake(
        *("reading_ease", "too_long", ANSWERS, "answer/life_reintegration"),
        within(ANSWERS, "life_reintegration", "IOM has supported", f"IOM {LONG} has supported"),
    ),
    Mistake(
        *("reading_ease", "too_hard", ANSWERS, "answer/discrimination_services"),
        within(ANSWERS, "discrimination_services", "Some services ask for papers by law.", HARD),
    ),
    Mistake(
        *("signs", "exclamation", po("tr", "dialogue"), "text/goodbye"),
        translated("tr", "dialogue", "text/goodbye", "yazabilirsiniz.", "yazabilirsiniz!"),
    ),
    Mistake(
        *("signs", "exclamation", po("fa", "answers"), "label/answer:work_domestic"),
        translated("fa", "answers", "label/answer:work_domestic", ' "', ' "!'),
    ),
    Mistake(
        *("signs", "picture", DIALOGUE, "label/btn_keep"),
        within(DIALOGUE, "  btn_keep", "keep it", "keep it 😀"),
    ),
)
WORDS = (
    Mistake(
        *("people", "label", po("ru", "answers"), "answer/trafficking_child"),
        translated("ru", "answers", "answer/trafficking_child", "дет", "жертва дет"),
    ),
    Mistake(
        *("people", "label", ANSWERS, "answer/stay_stateless"),
        within(ANSWERS, "stay_stateless", "Without papers there", "For illegal people there"),
    ),
    Mistake(
        *("people", "label", po("tr", "answers"), "answer/life_idp"),
        translated("tr", "answers", "answer/life_idp", "Ülke içinde yerinden edilenlere", "Kaçak göçmenlere"),
    ),
    Mistake(
        *("terms", "other", po("ka", "dialogue"), "label/cmd_status"),
        translated("ka", "dialogue", "label/cmd_status", "მიმართვ", "თხოვნ"),
    ),
    Mistake(
        *("terms", "other", po("az", "answers"), "answer/stay_return_home"),
        translated("az", "answers", "answer/stay_return_home", "səfirli", "konsulluq"),
    ),
    Mistake(
        *("terms", "other", po("uk", "answers"), "answer/work_minimum_wage"),
        translated("uk", "answers", "answer/work_minimum_wage", "Нам не вдалося підтвердити", "Ми знаємо"),
    ),
    Mistake(
        *("terms", "no_words", "glossary.yml", "guarantee"),
        within("glossary.yml", "  guarantee", 'ka: ["*გარანტ*"]', "ka: []"),
    ),
)
LANGUAGES = (
    Mistake(
        *("plurals", "forms", po("ru", "console"), "%(num)d minute"),
        translated("ru", "console", "%(num)d minute", 'msgstr[2] "%(num)d минут"', 'msgstr[2] ""'),
    ),
    Mistake(
        *("plurals", "head", po("az", "console"), ""),
        replaced(po("az", "console"), "nplurals=2; plural=(n != 1);", "nplurals=3; plural=(n % 3);"),
    ),
    Mistake(
        *("fallback", "missing", po("uk", "dialogue"), "text/card_danger_now"),
        emptied("uk", "dialogue", "text/card_danger_now"),
    ),
    Mistake(
        *("fallback", "stale", po("fa", "dialogue"), "text/ask_consent"),
        marked("fa", "dialogue", "text/ask_consent"),
    ),
    Mistake(
        *("fallback", "missing", po("ar", "dialogue"), "text/answer_other_language"),
        emptied("ar", "dialogue", "text/answer_other_language"),
    ),
    Mistake(
        *("fallback", "no_note", po("ar", "answers"), "answer/stay_asylum"),
        emptied("ar", "answers", "answer/stay_asylum"),
    ),
    Mistake(
        *("direction", "mark", po("ar", "dialogue"), "text/deny"),
        translated("ar", "dialogue", "text/deny", "لا بأس", "لا\u200f بأس"),
    ),
    Mistake(
        *("direction", "mark", po("tr", "answers"), "answer/stay_lost_passport"),
        translated("tr", "answers", "answer/stay_lost_passport", "Önce", "\u202aÖnce"),
    ),
    Mistake(
        *("direction", "loose", po("fa", "answers"), "answer/hotline_embassy"),
        translated("fa", "answers", "answer/hotline_embassy", "باکو", "Баку"),
    ),
    Mistake(
        *("direction", "loose", po("ar", "answers"), "answer/life_birth_certificate"),
        translated("ar", "answers", "answer/life_birth_certificate", "ASAN", "აზან"),
    ),
    Mistake(
        *("danger", "unusable", "ka/danger.yml", "danger_now"),
        within("ka/danger.yml", "danger_now", "patterns:\n", 'patterns:\n    - "..."\n'),
    ),
    Mistake(
        *("danger", "too_long", "tr/danger.yml", "danger_now"),
        within("tr/danger.yml", "danger_now", "patterns:\n", f'patterns:\n    - "{"yardım|" * 50}imdat"\n'),
    ),
    Mistake(
        *("danger", "no_list", "az/danger.yml", "self_harm"),
        within("az/danger.yml", "self_harm", "  fires:", "  fire:"),
    ),
    Mistake(
        *("words", "no_list", "uk/words.yml", "back"),
        replaced("uk/words.yml", "\nback:", "\nbackwards:"),
    ),
    Mistake(
        *("words", "two_meanings", "en/words.yml", "skip"),
        replaced("en/words.yml", 'skip: ["skip"', 'skip: ["skip", "Stop it"'),
    ),
    Mistake(
        *("words", "no_language", "ru/words.yml", "languages"),
        replaced("ru/words.yml", "\n  ka:", "\n  ge:"),
    ),
)
_DIRECTORY = written("providers.yml", PROVIDERS)
DIRECTORY = (
    Mistake("providers", "no_fact", "providers.yml", "nowhere", _DIRECTORY),
    Mistake("providers", "other_behind", "providers.yml", "nowhere", _DIRECTORY),
    Mistake("providers", "numbers", "providers.yml", "nowhere, name", _DIRECTORY),
    Mistake("providers", "overdue", "providers.yml", "long_ago", _DIRECTORY),
    Mistake("providers", "no_english", "providers.yml", "long_ago, name", _DIRECTORY),
    Mistake("providers", "no_day", "providers.yml", "some_day", _DIRECTORY),
    Mistake("providers", "not_name", "providers.yml", "Line-3", _DIRECTORY),
    Mistake("providers", "other_unit", "providers.yml", "Line-3", _DIRECTORY),
    Mistake("form", "not_one_of", "providers.yml", "Line-3", _DIRECTORY),
    Mistake("form", "lacks", "providers.yml", "Line-3", _DIRECTORY),
)
MISTAKES = (
    *(*PLACEHOLDERS, *MARKUP, *NAMES, *SURENESS),
    *(*FORM, *WORDS, *LANGUAGES, *DIRECTORY),
)
