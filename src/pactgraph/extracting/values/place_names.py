"""Names of places that ISO 3166 does not list: short and old names, adjectives, states and provinces.

Names of one code are parted by '|'; case and accents do not matter. They go before ISO's own names:
'Georgia' alone is the American state.
"""

from __future__ import annotations

from collections.abc import Iterator

_NAMES = {
    # United States of America
    "US": "U.S.A.|U.S.A|U.S.|U.S|United States of America|United States|American", "US-AL": "Alabama",
    "US-AK": "Alaska", "US-AZ": "Arizona", "US-AR": "Arkansas", "US-CA": "California|Californian",
    "US-CO": "Colorado", "US-CT": "Connecticut", "US-DE": "Delaware", "US-FL": "Florida", "US-GA": "Georgia",
    "US-HI": "Hawaii", "US-ID": "Idaho", "US-IL": "Illinois", "US-IN": "Indiana", "US-IA": "Iowa", "US-KS": "Kansas",
    "US-KY": "Kentucky", "US-LA": "Louisiana", "US-ME": "Maine", "US-MD": "Maryland", "US-MA": "Massachusetts",
    "US-MI": "Michigan", "US-MN": "Minnesota", "US-MS": "Mississippi", "US-MO": "Missouri", "US-MT": "Montana",
    "US-NE": "Nebraska", "US-NV": "Nevada", "US-NH": "New Hampshire", "US-NJ": "New Jersey", "US-NM": "New Mexico",
    "US-NY": "New York|New York State", "US-NC": "North Carolina", "US-ND": "North Dakota", "US-OH": "Ohio",
    "US-OK": "Oklahoma", "US-OR": "Oregon", "US-PA": "Pennsylvania", "US-RI": "Rhode Island",
    "US-SC": "South Carolina", "US-SD": "South Dakota", "US-TN": "Tennessee", "US-TX": "Texas|Texan", "US-UT": "Utah",
    "US-VT": "Vermont", "US-VA": "Virginia", "US-WA": "Washington|Washington State", "US-WV": "West Virginia",
    "US-WI": "Wisconsin", "US-WY": "Wyoming",
    "US-DC": "District of Columbia|Washington, D.C.|Washington D.C.|Washington, DC|Washington DC",
    "PR": "Puerto Rican",
    "VI": (
        "U.S. Virgin Islands|US Virgin Islands|Virgin Islands of the United States|"
        "United States Virgin Islands"
    ),
    # Canada
    "CA": "Canadian", "CA-AB": "Alberta", "CA-BC": "British Columbia", "CA-MB": "Manitoba", "CA-NB": "New Brunswick",
    "CA-NL": "Newfoundland and Labrador|Newfoundland", "CA-NS": "Nova Scotia", "CA-ON": "Ontario",
    "CA-PE": "Prince Edward Island", "CA-QC": "Québec", "CA-SK": "Saskatchewan", "CA-YT": "Yukon",
    "CA-NT": "Northwest Territories", "CA-NU": "Nunavut",
    # Australia and New Zealand
    "AU": "Australian|Commonwealth of Australia", "AU-ACT": "Australian Capital Territory",
    "AU-NSW": "New South Wales", "AU-NT": "Northern Territory", "AU-QLD": "Queensland", "AU-SA": "South Australia",
    "AU-TAS": "Tasmania", "AU-VIC": "Victoria", "AU-WA": "Western Australia", "NZ": "New Zealander",
    # British Isles and overseas territories
    "GB": (
        "United Kingdom|United Kingdom of Great Britain and Northern Ireland|Great Britain|Britain|"
        "British|U.K.|U.K"
    ),
    "GB-EAW": "England and Wales|England & Wales|England or Wales|England|English|Wales|Welsh|English and Welsh",
    "GB-SCT": "Scotland|Scottish|Scots", "GB-NIR": "Northern Ireland|Northern Irish",
    "IE": "Republic of Ireland|Irish|Eire", "VG": "British Virgin Islands|B.V.I.", "KY": "Caymans|Cayman",
    "BM": "Bermudian|Bermudan", "GI": "Gibraltarian", "IM": "Manx",
    # Europe
    "AD": "Andorran", "AL": "Albanian", "AT": "Austrian", "BA": "Bosnia|Bosnia & Herzegovina|Bosnian",
    "BE": "Belgian", "BG": "Bulgarian", "BY": "Belarusian", "CH": "Swiss|Swiss Confederation",
    "CH-ZH": "Canton of Zurich|Canton of Zürich", "CH-GE": "Canton of Geneva", "CH-ZG": "Canton of Zug",
    "CY": "Cypriot", "CZ": "Czech Republic|Czech|Czechia", "DE": "German", "DK": "Danish", "EE": "Estonian",
    "ES": "Spanish", "FI": "Finnish", "FR": "French", "GR": "Greek|Hellenic", "HR": "Croatian",
    "HU": "Hungarian|Republic of Hungary", "IS": "Icelandic", "IT": "Italian", "LI": "Liechtensteiner",
    "LT": "Lithuanian", "LU": "Luxembourgish|Luxemburg|Luxembourger|Grand-Duchy of Luxembourg", "LV": "Latvian",
    "MC": "Monegasque|Monaco", "MD": "Moldovan|Moldova", "ME": "Montenegrin",
    "MK": "Macedonia|Macedonian|North Macedonian", "MT": "Maltese",
    "NL": "Dutch|Holland|Netherlands|Kingdom of the Netherlands", "NO": "Norwegian", "PL": "Polish",
    "PT": "Portuguese", "RO": "Romanian|Roumania", "RS": "Serbian", "RU": "Russian|Russia|Russian Federation",
    "SE": "Swedish", "SI": "Slovenian|Slovene", "SK": "Slovak|Slovak Republic", "SM": "Sammarinese",
    "TR": "Turkish|Turkey|Republic of Turkey|Turkiye", "UA": "Ukrainian", "VA": "Vatican City|Holy See",
    # Asia and the Middle East
    "AE": "Emirati|U.A.E.", "AE-DU": "Dubai|Dubai International Financial Centre",
    "AE-AZ": "Abu Dhabi|Abu Dhabi Global Market", "AM": "Armenian", "AZ": "Azerbaijani", "BD": "Bangladeshi",
    "BH": "Bahraini", "BN": "Brunei",
    "CN": (
        "Chinese|P.R. China|PR China|P.R.C.|P.R.C|P. R. China|"
        "Peoples Republic of China|People's Republic of China"
    ),
    "GE": "Republic of Georgia|country of Georgia|Georgian",
    "HK": (
        "Hong Kong SAR|Hong Kong S.A.R.|Hong Kong Special Administrative Region|"
        "Hong Kong Special Administrative Region of the People's Republic of China"
    ),
    "ID": "Indonesian", "IL": "Israeli", "IN": "Indian", "IQ": "Iraqi", "IR": "Iran|Iranian", "JO": "Jordanian",
    "JP": "Japanese", "KH": "Cambodian", "KR": "Korea|South Korea|Korean|South Korean|Republic of Korea",
    "KP": "North Korea|North Korean|Democratic People's Republic of Korea", "KW": "Kuwaiti",
    "KZ": "Kazakh|Kazakhstani", "LA": "Laos|Laotian", "LB": "Lebanese", "LK": "Sri Lankan", "MM": "Burma|Burmese",
    "MN": "Mongolian",
    "MO": "Macau|Macau SAR|Macao SAR|Macau Special Administrative Region|Macao Special Administrative Region",
    "MV": "Maldivian", "MY": "Malaysian", "NP": "Nepalese|Nepali", "OM": "Omani",
    "PH": "Philippine|Filipino|Republic of the Philippines", "PK": "Pakistani", "PS": "Palestine|Palestinian",
    "QA": "Qatari", "SA": "Saudi|Saudi Arabian", "SG": "Singaporean|Singapore", "SY": "Syria|Syrian", "TH": "Thai",
    "TJ": "Tajik", "TL": "East Timor", "TM": "Turkmen",
    "TW": "Taiwan|Taiwanese|Republic of China|Taiwan, Republic of China|Taiwan, R.O.C.|Taiwan R.O.C.|R.O.C.",
    "UZ": "Uzbek", "VN": "Vietnam|Vietnamese|Socialist Republic of Vietnam", "YE": "Yemeni",
    # Latin America and the Caribbean
    "AR": "Argentine|Argentinian|Republic of Argentina", "AG": "Antigua|Antigua & Barbuda", "BB": "Barbadian",
    "BO": "Bolivia|Bolivian", "BR": "Brazilian|Brasil", "BS": "Bahamian|Bahamas|The Bahamas", "BZ": "Belizean",
    "CL": "Chilean", "CO": "Colombian", "CR": "Costa Rican", "CU": "Cuban", "CW": "Curacao", "DO": "Dominican",
    "EC": "Ecuadorian", "GT": "Guatemalan", "HN": "Honduran", "HT": "Haitian", "JM": "Jamaican",
    "KN": "St. Kitts and Nevis|Saint Kitts|St. Kitts|Nevis", "LC": "St. Lucia",
    "MX": "Mexican|Mexico|Mexican Republic", "NI": "Nicaraguan", "PA": "Panamanian", "PE": "Peruvian",
    "PY": "Paraguayan", "SV": "Salvadoran", "TC": "Turks and Caicos", "TT": "Trinidad|Trinidad & Tobago",
    "UY": "Uruguayan|Oriental Republic of Uruguay", "VC": "St. Vincent and the Grenadines",
    "VE": "Venezuela|Venezuelan",
    "BQ": "Bonaire", "FK": "Falkland Islands", "MF": "Saint Martin", "SX": "Sint Maarten",
    # Africa and Oceania
    "CC": "Cocos Islands", "FM": "Micronesia", "SH": "Saint Helena|St. Helena",
    "AO": "Angolan", "BW": "Batswana", "CD": "Democratic Republic of the Congo|DR Congo",
    "CG": "Republic of the Congo", "CI": "Ivory Coast|Ivorian", "CM": "Cameroonian", "CV": "Cape Verde",
    "DZ": "Algerian", "EG": "Egyptian", "ET": "Ethiopian", "FJ": "Fijian", "GH": "Ghanaian",
    "GM": "The Gambia|Gambian", "KE": "Kenyan", "LR": "Liberian", "LY": "Libyan", "MA": "Moroccan",
    "MH": "Marshallese", "MU": "Mauritian", "MZ": "Mozambican", "NA": "Namibian", "NG": "Nigerian", "PG": "Papuan",
    "RW": "Rwandan|Republic of Rwanda", "SC": "Seychellois|The Seychelles", "SD": "Sudanese", "SN": "Senegalese",
    "SZ": "Swaziland|Swazi", "TN": "Tunisian", "TZ": "Tanzania|Tanzanian", "UG": "Ugandan", "WS": "Samoan",
    "ZA": "South African|Republic of South Africa", "ZM": "Zambian", "ZW": "Zimbabwean",
}  # fmt: skip

ABBREVIATIONS = {
    "US": "US", "USA": "US", "UK": "GB", "GB": "GB", "PRC": "CN", "UAE": "AE", "BVI": "VG", "ROC": "TW", "RSA": "ZA",
    "NSW": "AU-NSW", "NYS": "US-NY", "DIFC": "AE-DU", "ADGM": "AE-AZ", "HKSAR": "HK",
}  # fmt: skip
"""Names in capitals only: 'us' is a pronoun."""

PARENTS = (
    "united states of america", "united states", "u.s.a.", "u.s.a", "u.s.", "canada", "australia", "united kingdom",
    "great britain", "u.k.", "united arab emirates", "switzerland", "people's republic of china", "china",
)  # fmt: skip
"""Countries that may follow the name of their part: 'Ontario, Canada'."""

PARENT_ABBREVIATIONS = ("USA", "US", "UK", "UAE", "PRC")

POSTAL = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME",
    "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC",
)  # fmt: skip
"""State codes of the United States Postal Service."""


def own() -> Iterator[tuple[str, str]]:
    """Yield each name that this module adds to ISO's, with its code."""
    for code, line in _NAMES.items():
        for name in line.split("|"):
            yield name, code
