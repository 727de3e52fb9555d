"""GET /api/v1/taxonomy, as a program meets it."""


def _vocabularies(client):
    answer = client.get("/api/v1/taxonomy").json
    return {vocabulary["name"]: vocabulary for vocabulary in answer["vocabularies"]}


def test_every_vocabulary_comes_with_every_term(client, taxonomy):
    sent = _vocabularies(client)

    assert set(sent) == set(taxonomy.vocabularies)
    for name, vocabulary in taxonomy.vocabularies.items():
        assert [term["code"] for term in sent[name]["terms"]] == list(vocabulary.by_code)
        assert sent[name]["caveats"] == list(vocabulary.caveats)
        assert sent[name]["source"] == vocabulary.source


def test_a_term_says_what_is_known_of_it_and_what_is_yet_to_be_checked(client):
    (p5,) = [term for term in _vocabularies(client)["stages"]["terms"] if term["code"] == "p5"]

    assert p5["label"] == "P5"
    assert p5["broader"] == ["second"]
    assert "aliases" in p5["unverified"]
    assert {"label_gd", "valid_from", "valid_to", "replaced_by"} <= set(p5)


def test_parameters_of_the_search_are_told_their_vocabulary(client):
    facets = client.get("/api/v1/taxonomy").json["facets"]

    assert facets["authority"] == "authorities"
    assert "year" not in facets
    assert set(facets.values()) <= set(_vocabularies(client))


def test_what_has_not_changed_is_not_sent_again(client):
    etag = client.get("/api/v1/taxonomy").headers["ETag"]
    again = client.get("/api/v1/taxonomy", headers={"If-None-Match": etag})
    assert again.status_code == 304
