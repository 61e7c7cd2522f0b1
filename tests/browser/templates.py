"""A page of each template, by name. A new template belongs here, and then every test of templates sees it."""

TEMPLATES = {
    "home": "",
    "catalogue": "catalogue/",
    "kind": "catalogue/servers/",
    "category": "catalogue/categories/general-purpose/",
    "comparison": "compare/",
    "written comparison": "compare/general-purpose/",
    "tags": "catalogue/tags/",
    "entry": "catalogue/servers/uvicorn/",
    "component": "catalogue/middleware/starlette-cors-middleware/",
    "ended": "catalogue/servers/nginx-unit/",
    "publication": "catalogue/publications/introduction-to-asgi-2019/",
    "publications": "publications/",
    "background": "publications/background/",
    "archive": "archive/",
    "changes": "changes/",
    "landscape": "landscape/",
    "trends": "trends/",
    "how we measure": "lab/",
    "measured servers": "lab/servers/",
    "measured frameworks": "lab/frameworks/",
    "measured middleware": "lab/middleware/",
    "probes": "lab/probes/",
    "guide": "guide/",
    "guide with code": "guide/protocols/",
    "data": "api/",
    "glossary": "glossary/",
    "criteria": "criteria/",
    "wrong": "no/such/page/",
}
STATES = {
    "searched": "catalogue/?q=asgi&kind=server",
    "nothing": "catalogue/?q=zzstarlettq",
    "ended": "catalogue/?dead=yes",
    "compared": "compare/?entries=uvicorn,hypercorn",
}
SCHEMES = ("light", "dark")
