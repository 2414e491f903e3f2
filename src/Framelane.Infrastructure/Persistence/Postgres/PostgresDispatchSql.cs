using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Persistence.Postgres;

/// <summary>
/// The dispatcher's statements on PostgreSQL, each a transaction of its own; batches come as one array a column. States: 0 pending,
/// 1 succeeded, 2 dead-lettered, 3 endpoint disabled, 4 cancelled; times are Unix microseconds.
/// </summary>
static class PostgresDispatchSql
{
    /// <summary>$1 now. Hops from lane to lane over the claim index instead of walking through all that is due.</summary>
    public const string FindDueLanes = """
        WITH RECURSIVE hop(lane) AS (
            (SELECT d.lane FROM deliveries d WHERE d.state = 0 ORDER BY d.lane LIMIT 1)
            UNION ALL
            SELECT (SELECT d.lane FROM deliveries d WHERE d.state = 0 AND d.lane > hop.lane ORDER BY d.lane LIMIT 1)
            FROM hop WHERE hop.lane IS NOT NULL
        )
        SELECT hop.lane, due.workspace_id
        FROM hop CROSS JOIN LATERAL (
            SELECT d.workspace_id FROM deliveries d
            WHERE d.state = 0 AND d.lane = hop.lane AND d.next_attempt_at <= $1 AND d.claimable_at <= $1
            ORDER BY d.next_attempt_at LIMIT 1) due
        """;

    static readonly string ClaimedColumns = $"""
        d.id, d.workspace_id, d.event_id, d.event_type, d.job_id, d.webhook_id, d.url, d.lane, d.one_shot, d.attempt_id, d.attempt_number,
            d.step, d.scheduled_at, d.fence, d.next_attempt_at,
            CASE WHEN octet_length(e.body) <= {ClaimedDelivery.MaxBodyAhead} THEN e.body END, e.trace_parent
        """;

    /// <summary>
    /// $1 lanes, $2 counts, $3 now, $4 end of the lease. Rows that another dispatcher is claiming are passed over, not waited for; those
    /// that are leased are few, and the index passes over them in the same walk. What was locked is found again by its place, which nobody
    /// can change meanwhile; one that was changed just before, while this statement ran, is left for the next claim. The planner cannot know
    /// how many there will be: given as an array it takes them for few, and goes by the events' primary key, where it would read both tables
    /// for a join. A job's first event has none before it.
    /// </summary>
    public static readonly string Claim = $"""
        UPDATE deliveries d SET claimable_at = $4, step = greatest(d.step, 0), fence = d.fence + 1
        FROM events e
        WHERE e.id = d.event_id AND d.ctid = ANY (ARRAY(
            SELECT due.ctid
            FROM unnest($1, $2) AS claim(lane, count)
            CROSS JOIN LATERAL (
                SELECT c.ctid FROM deliveries c
                WHERE c.state = 0 AND c.lane = claim.lane AND c.next_attempt_at <= $3 AND c.claimable_at <= $3
                    AND (c.job_id IS NULL OR c.sequence = 1 OR NOT EXISTS (
                        SELECT 1 FROM deliveries p
                        WHERE p.state = 0 AND p.attempt_number = 1 AND p.lane = c.lane AND p.job_id = c.job_id AND p.sequence < c.sequence))
                ORDER BY c.next_attempt_at
                LIMIT claim.count
                FOR UPDATE SKIP LOCKED) due))
        RETURNING {ClaimedColumns}
        """;

    /// <summary>$1 event.</summary>
    public const string ReadBody = "SELECT body FROM events WHERE id = $1";

    /// <summary>$1 delivery, $2 fence.</summary>
    public static readonly string FindLeased = $"""
        SELECT {ClaimedColumns}
        FROM deliveries d INNER JOIN events e ON e.id = d.event_id
        WHERE d.id = $1 AND d.fence = $2 AND d.state = 0
        """;

    /// <summary>
    /// Moves the deliveries on, records the attempts of those whose claim still held ($1 to $17), gives back what was not attempted ($18 to
    /// $20, $21 now; what was ended meanwhile stays so, and what was asked for anew is not ended by what was known of the webhook before), and tells the webhooks ($22 to $24), but for those that somebody has locked: whoever stops in a change of one must not hold up
    /// everybody's results. Answers how many of those succeeded, failed and were given up and, for each webhook that failed throughout, since when, or that it
    /// was not told. One that was redelivered while it ran (step -1) goes on now, unless no attempt may follow, which then
    /// has no id. The fence rises, so that a batch which is repeated, because nobody learned that it was committed, records
    /// nothing twice. The deliveries are named twice, for the reason
    /// given at <see cref="Claim"/>: joined to what is given alone, they were read as a whole, each time, until the table was a hundred times
    /// the batch.
    /// </summary>
    public const string Record = $"""
        WITH moved AS (
            UPDATE deliveries d SET
                state = CASE WHEN a.status = 1 THEN 1 WHEN d.state = 4 THEN 4 WHEN {GoesOn} THEN 0 ELSE 2 END,
                attempt_id = CASE WHEN {GoesOn} THEN a.next_id ELSE d.attempt_id END,
                attempt_number = CASE WHEN {GoesOn} THEN d.attempt_number + 1 ELSE d.attempt_number END,
                step = CASE WHEN {GoesOn} THEN d.step + 1 ELSE d.step END,
                scheduled_at = CASE WHEN {GoesOn} THEN a.ended_at ELSE d.scheduled_at END,
                next_attempt_at = CASE WHEN {GoesOn} THEN {NextAt} ELSE d.next_attempt_at END,
                claimable_at = CASE WHEN {GoesOn} THEN {NextAt} ELSE d.claimable_at END,
                fence = d.fence + 1
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) AS a(
                delivery_id, fence, status, next_at, next_id, started_at, ended_at, status_code, failure_reason, response_body, epoch,
                signatures, id, attempt_number, scheduled_at, webhook_id, workspace_id)
            WHERE d.id = ANY (ARRAY(SELECT unnest($1))) AND d.id = a.delivery_id AND d.fence = a.fence
            RETURNING d.state AS moved_to, d.next_attempt_at AS moved_at, d.event_type, d.job_id, a.*),
        made AS (
            INSERT INTO attempts (id, delivery_id, workspace_id, webhook_id, event_type, job_id, attempt_number, status, created_at,
                attempted_at, ended_at, status_code, failure_reason, response_body, next_retry_at, epoch, signatures)
            SELECT id, delivery_id, workspace_id, webhook_id, event_type, job_id, attempt_number,
                CASE WHEN status = 1 THEN 1 WHEN moved_to = 0 THEN 2 ELSE 3 END, scheduled_at, started_at, ended_at, status_code,
                failure_reason, response_body, CASE WHEN moved_to = 0 THEN moved_at END, epoch, signatures
            FROM moved
            RETURNING status),
        given_back AS (
            UPDATE deliveries d SET
                state = CASE WHEN d.state = 3 THEN 3 WHEN u.state = 3 AND d.step < 0 THEN 0 ELSE u.state END, claimable_at = $21
            FROM unnest($18, $19, $20) AS u(delivery_id, fence, state)
            WHERE d.id = ANY (ARRAY(SELECT unnest($18))) AND d.id = u.delivery_id AND d.fence = u.fence AND d.state IN (0, 3)),
        told AS (
            UPDATE webhooks w SET
                last_delivery_at = greatest(w.last_delivery_at, t.last_at),
                failing_since = CASE WHEN t.succeeded THEN NULL ELSE coalesce(w.failing_since, t.last_at) END
            FROM (
                SELECT k.id, t.last_at, t.succeeded
                FROM unnest($22, $23, $24) AS t(id, last_at, succeeded) INNER JOIN webhooks k ON k.id = t.id
                FOR UPDATE OF k SKIP LOCKED) t
            WHERE w.id = t.id
            RETURNING w.id, w.failing_since)
        SELECT held.succeeded, held.failed, held.dead, heard.id, heard.failing_since
        FROM (
            SELECT (count(*) FILTER (WHERE status = 1))::int AS succeeded, (count(*) FILTER (WHERE status = 2))::int AS failed,
                (count(*) FILTER (WHERE status = 3))::int AS dead
            FROM made) held LEFT JOIN (
            SELECT k.id, told.failing_since
            FROM webhooks k LEFT JOIN told ON told.id = k.id
            WHERE k.id = ANY ($22) AND (told.id IS NULL OR told.failing_since IS NOT NULL)) heard ON true
        """;

    const string GoesOn = "d.state = 0 AND (a.status = 2 OR (a.status = 3 AND d.step < 0 AND a.next_id IS NOT NULL))";

    const string NextAt = "CASE WHEN d.step < 0 THEN a.ended_at ELSE a.next_at END";
}
