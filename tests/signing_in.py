"""Sign in as a browser does, and see whether somebody is in."""

import re

WORDS, NEW = "three random words", "four other random words"
SECRET = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def sign_in(client, email, password=WORDS, path="/sign-in", **more):
    return client.send(path, {"email": email, "password": password}, **more)


def is_in(client):
    return client.get("/account").status_code == 200


def cookie_of(client):
    return client.get_cookie("session").value


def knocker(client, **page):
    """Return a function that tries to sign in again and again from one page; gives the status."""
    secret = SECRET.search(client.get("/sign-in", **page).text)[1]

    def knock(email, password="wrong", **more):
        form = {"csrf_token": secret, "email": email, "password": password}
        return client.post("/sign-in", data=form, **{**page, **more})

    return knock
