"""Who speaks: phrases, people, whom the page is about, and the rules that name a speaker."""
