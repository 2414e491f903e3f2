using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Persistence.SqlServer;

/// <summary>
/// The dispatcher's statements on SQL Server. Batches come as one JSON parameter. States: 0 pending, 1 succeeded, 2 dead-lettered,
/// 3 endpoint disabled, 4 cancelled; times are Unix microseconds.
/// </summary>
static class SqlServerDispatchSql
{
    /// <summary>The collation of the id columns. What comes out of JSON has the database's, and the two do not compare.</summary>
    const string Ids = "COLLATE Latin1_General_100_BIN2";

    static readonly string ShortBody = $"CASE WHEN DATALENGTH(e.body) <= {ClaimedDelivery.MaxBodyAhead} THEN e.body END";

    public const string ReadBody = "SELECT body FROM events WHERE id = @id;";

    /// <summary>
    /// Hops from lane to lane over the claim index, which knows no leases and no workspaces, instead of looking up the row of all that is due. In
    /// a loop, for a recursion may neither take the least nor the first.
    /// </summary>
    public const string FindDueLanes = """
        SET NOCOUNT ON;
        DECLARE @due TABLE (lane varchar(64), workspace_id varchar(40));
        DECLARE @lane varchar(64) = (SELECT MIN(lane) FROM deliveries WHERE state = 0);
        WHILE @lane IS NOT NULL
        BEGIN
            INSERT INTO @due
            SELECT TOP (1) lane, workspace_id
            FROM deliveries
            WHERE state = 0 AND lane = @lane AND next_attempt_at <= @now AND claimable_at <= @now
            ORDER BY next_attempt_at;
            SET @lane = (SELECT MIN(lane) FROM deliveries WHERE state = 0 AND lane > @lane);
        END;
        SELECT lane, workspace_id FROM @due;
        """;

    /// <summary>
    /// Rows that another dispatcher is claiming are passed over, not waited for. What is said of indexes can always be followed: each is sought by what
    /// stands in a join or a condition, and all that it is filtered by stands there too.
    /// </summary>
    public static readonly string Claim = $"""
        UPDATE d
        SET claimable_at = @until, step = CASE WHEN d.step < 0 THEN 0 ELSE d.step END, fence = d.fence + 1
        OUTPUT inserted.id, inserted.workspace_id, inserted.event_id, inserted.event_type, inserted.job_id, inserted.webhook_id, inserted.url,
            inserted.lane, inserted.one_shot, inserted.attempt_id, inserted.attempt_number, inserted.step, inserted.scheduled_at, inserted.fence,
            inserted.next_attempt_at, {ShortBody}, e.trace_parent
        FROM deliveries AS d WITH (FORCESEEK, ROWLOCK)
        INNER JOIN events AS e WITH (FORCESEEK) ON e.id = d.event_id
        INNER JOIN (
            SELECT due.id
            FROM OPENJSON(@claims) WITH (lane varchar(64) '$.lane', limit int '$.count') AS claim
            CROSS APPLY (
                SELECT TOP (claim.limit) candidate.id
                FROM deliveries AS candidate WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK, FORCESEEK, INDEX(ix_deliveries_claim))
                WHERE candidate.state = 0 AND candidate.lane = claim.lane {Ids} AND candidate.next_attempt_at <= @now
                    AND candidate.claimable_at <= @now
                    AND (candidate.job_id IS NULL OR candidate.sequence = 1 OR NOT EXISTS (
                        SELECT 1
                        FROM deliveries AS earlier
                        WHERE earlier.state = 0 AND earlier.attempt_number = 1 AND earlier.job_id IS NOT NULL AND earlier.lane = candidate.lane
                            AND earlier.job_id = candidate.job_id AND earlier.sequence < candidate.sequence))
                ORDER BY candidate.next_attempt_at) AS due) AS claimed ON claimed.id = d.id;
        """;

    public static readonly string FindLeased = $"""
        SELECT d.id, d.workspace_id, d.event_id, d.event_type, d.job_id, d.webhook_id, d.url, d.lane, d.one_shot, d.attempt_id,
            d.attempt_number, d.step, d.scheduled_at, d.fence, d.next_attempt_at, {ShortBody}, e.trace_parent
        FROM deliveries AS d
        INNER JOIN events AS e ON e.id = d.event_id
        WHERE d.id = @id AND d.fence = @fence AND d.state = 0;
        """;

    /// <summary>
    /// Moves the deliveries on, then records the attempts of those whose claim still held, and tells the webhooks, but for those that somebody has locked;
    /// answers how many succeeded, failed and were given up, and then, for each webhook that failed throughout, since when, or that it was not told. All is
    /// one batch with its commit: a node that stops meanwhile leaves no locks. One that was redelivered while it ran (step -1) goes on now, unless no attempt may follow, which then has no id. The fence rises, so that a
    /// batch which is repeated, because nobody learned that it was committed, records nothing twice.
    /// </summary>
    public const string Record = $"""
        SET NOCOUNT ON;
        SET XACT_ABORT ON;
        DECLARE @attempts TABLE (
            delivery_id varchar(40) {Ids}, fence bigint, status int, next_at bigint, next_id varchar(40) {Ids},
            ended_at bigint, started_at bigint, status_code int, failure_reason varchar(64), response_body nvarchar(max), epoch bigint, signatures int,
            id varchar(40), workspace_id varchar(40), webhook_id varchar(40), event_type varchar(64), job_id varchar(40), attempt_number int,
            scheduled_at bigint, PRIMARY KEY (delivery_id, fence));
        DECLARE @moved TABLE (delivery_id varchar(40) {Ids} PRIMARY KEY, fence bigint, state int, next_at bigint);
        DECLARE @tally TABLE (webhook_id varchar(40) {Ids} PRIMARY KEY, last_at bigint, succeeded bit);
        DECLARE @told TABLE (id varchar(40) {Ids} PRIMARY KEY, failing_since bigint);

        INSERT INTO @tally
        SELECT webhook_id, last_at, succeeded
        FROM OPENJSON(@tallies) WITH (webhook_id varchar(40), last_at bigint, succeeded bit);

        INSERT INTO @attempts
        SELECT delivery_id, fence, status, next_at, next_id, ended_at, started_at, status_code, failure_reason, response_body, epoch, signatures,
            id, workspace_id, webhook_id, event_type, job_id, attempt_number, scheduled_at
        FROM OPENJSON(@finished) WITH (
            delivery_id varchar(40), fence bigint, status int, next_at bigint, next_id varchar(40), ended_at bigint, started_at bigint,
            status_code int, failure_reason varchar(64), response_body nvarchar(max), epoch bigint, signatures int, id varchar(40),
            workspace_id varchar(40), webhook_id varchar(40), event_type varchar(64), job_id varchar(40), attempt_number int, scheduled_at bigint);

        BEGIN TRANSACTION;

        UPDATE d
        SET state = CASE WHEN a.status = 1 THEN 1 WHEN d.state = 4 THEN 4 WHEN {GoesOn} THEN 0 ELSE 2 END,
            attempt_id = CASE WHEN {GoesOn} THEN a.next_id ELSE d.attempt_id END,
            attempt_number = CASE WHEN {GoesOn} THEN d.attempt_number + 1 ELSE d.attempt_number END,
            step = CASE WHEN {GoesOn} THEN d.step + 1 ELSE d.step END,
            scheduled_at = CASE WHEN {GoesOn} THEN a.ended_at ELSE d.scheduled_at END,
            next_attempt_at = CASE WHEN {GoesOn} THEN {NextAt} ELSE d.next_attempt_at END,
            claimable_at = CASE WHEN {GoesOn} THEN {NextAt} ELSE d.claimable_at END,
            fence = d.fence + 1
        OUTPUT inserted.id, deleted.fence, inserted.state, inserted.next_attempt_at INTO @moved
        FROM deliveries AS d WITH (FORCESEEK, ROWLOCK)
        INNER JOIN @attempts AS a ON a.delivery_id = d.id AND a.fence = d.fence;

        INSERT INTO attempts (id, delivery_id, workspace_id, webhook_id, event_type, job_id, attempt_number, status, created_at, attempted_at,
            ended_at, status_code, failure_reason, response_body, next_retry_at, epoch, signatures)
        SELECT a.id, a.delivery_id, a.workspace_id, a.webhook_id, a.event_type, a.job_id, a.attempt_number,
            CASE WHEN a.status = 1 THEN 1 WHEN m.state = 0 THEN 2 ELSE 3 END, a.scheduled_at, a.started_at, a.ended_at, a.status_code,
            a.failure_reason, a.response_body, CASE WHEN m.state = 0 THEN m.next_at END, a.epoch, a.signatures
        FROM @attempts AS a
        INNER JOIN @moved AS m ON m.delivery_id = a.delivery_id AND m.fence = a.fence;

        UPDATE d
        SET state = CASE WHEN d.state = 3 THEN 3 WHEN u.state = 3 AND d.step < 0 THEN 0 ELSE u.state END, claimable_at = @now
        FROM deliveries AS d WITH (FORCESEEK, ROWLOCK)
        INNER JOIN OPENJSON(@unmade) WITH (delivery_id varchar(40), fence bigint, state int) AS u ON u.delivery_id {Ids} = d.id AND u.fence = d.fence
        WHERE d.state IN (0, 3);

        UPDATE w
        SET last_delivery_at = CASE WHEN w.last_delivery_at > t.last_at THEN w.last_delivery_at ELSE t.last_at END,
            failing_since = CASE WHEN t.succeeded = 1 THEN NULL ELSE COALESCE(w.failing_since, t.last_at) END
        OUTPUT inserted.id, inserted.failing_since INTO @told
        FROM webhooks AS w WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)
        INNER JOIN @tally AS t ON t.webhook_id = w.id;

        COMMIT TRANSACTION;

        SELECT COUNT(CASE WHEN a.status = 1 THEN 1 END), COUNT(CASE WHEN a.status <> 1 AND m.state = 0 THEN 1 END),
            COUNT(CASE WHEN a.status <> 1 AND m.state <> 0 THEN 1 END)
        FROM @attempts AS a
        INNER JOIN @moved AS m ON m.delivery_id = a.delivery_id AND m.fence = a.fence;

        SELECT w.id, told.failing_since
        FROM @tally AS t
        INNER JOIN webhooks AS w WITH (NOLOCK) ON w.id = t.webhook_id
        LEFT JOIN @told AS told ON told.id = w.id
        WHERE told.id IS NULL OR told.failing_since IS NOT NULL;
        """;

    const string GoesOn = "d.state = 0 AND (a.status = 2 OR (a.status = 3 AND d.step < 0 AND a.next_id IS NOT NULL))";

    const string NextAt = "CASE WHEN d.step < 0 THEN a.ended_at ELSE a.next_at END";

    public static IReadOnlyList<string> All => [FindDueLanes, Claim, FindLeased, Record];
}
