"""All ways in and out under one router. The link comes last: its path would swallow those of the others."""

from fastapi import APIRouter

from pathways.web.login import demo, entry, language, leave, link, oidc_pages

router = APIRouter()
for _part in (entry, oidc_pages, demo, leave, language, link):
    router.include_router(_part.router)
