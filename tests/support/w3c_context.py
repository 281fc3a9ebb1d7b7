"""Serves the context of the Web Annotation standard without a network, as far as it is used."""

from typing import Any

ADDRESS = "http://www.w3.org/ns/anno.jsonld"
PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _link(iri: str) -> dict[str, str]:
    """Define a JSON-LD term whose values are links."""
    return {"@id": iri, "@type": "@id"}


def _count(iri: str) -> dict[str, str]:
    """Define a JSON-LD term whose values are non-negative integers."""
    return {"@id": iri, "@type": "xsd:nonNegativeInteger"}


TERMS = {
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Organization": "foaf:Organization",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextualBody": "oa:TextualBody",
    "TimeState": "oa:TimeState",
    "cached": _link("oa:cachedSource"),
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "classifying": "oa:classifying",
    "describing": "oa:describing",
    "body": _link("oa:hasBody"),
    "creator": _link("dcterms:creator"),
    "end": _count("oa:end"),
    "first": _link("as:first"),
    "format": "dc:format",
    "items": {**_link("as:items"), "@container": "@list"},
    "label": "rdfs:label",
    "language": "dc:language",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "name": "foaf:name",
    "partOf": _link("as:partOf"),
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "rights": _link("dcterms:rights"),
    "selector": _link("oa:hasSelector"),
    "source": _link("oa:hasSource"),
    "start": _count("oa:start"),
    "startIndex": _count("as:startIndex"),
    "state": _link("oa:hasState"),
    "target": _link("oa:hasTarget"),
    "total": _count("as:totalItems"),
    "value": "rdf:value",
}
# names of the standard that are not used here, which no column may take
OTHER_TERMS = """
AnnotationCollection Audience Audio Choice CssSelector CssStylesheet DataPositionSelector
Dataset Direction FragmentSelector HttpRequestState Image Motivation Person RangeSelector
ResourceSelection Software SvgSelector Text Video XPathSelector accessibility
assessing audience auto body bodyValue bookmarking canonical commenting conformsTo
created describing editing email email_sha1 endSelector generated generator  highlighting
homepage identifying last linking ltr modified moderating next nickname  prev
processingLanguage questioning refinedBy renderedVia replying reviewing rtl scope  service
sourceDate sourceDateEnd sourceDateStart startSelector styleClass stylesheet  tagging
textDirection via
"""


def load(address: str, _options: object) -> dict[str, Any]:
    """Give the context for its address, as a loader of PyLD does; refuse any other address."""
    assert address == ADDRESS, f"the export calls {address}"
    context = {"@context": PREFIXES | TERMS}
    return {"contextUrl": None, "documentUrl": address, "document": context}
