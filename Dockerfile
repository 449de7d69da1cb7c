# A small image that runs as nobody in particular. The database lives in /data: mount a volume there.
FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
    && useradd --system --uid 10001 bot && mkdir /data && chown bot /data
COPY adapters adapters
COPY bot bot
COPY content content
COPY storage storage
COPY bot.toml .
USER bot
ENV DATABASE_URL=sqlite:////data/bot.db
VOLUME /data
CMD ["python", "-m", "bot", "run"]
