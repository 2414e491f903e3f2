using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The dispatcher's statements on SQLite. States: 0 pending, 1 succeeded, 2 dead-lettered, 3 endpoint disabled, 4 cancelled; times are
/// Unix microseconds.
/// </summary>
static class SqliteDispatchSql
{
    /// <summary>?1 now. Hops from lane to lane over the claim index instead of walking through all that is due.</summary>
    public const string FindDueLanes = """
        WITH RECURSIVE hop(lane) AS (
            SELECT min(lane) FROM deliveries WHERE state = 0
            UNION ALL
            SELECT (SELECT min(d.lane) FROM deliveries d WHERE d.state = 0 AND d.lane > hop.lane) FROM hop WHERE hop.lane IS NOT NULL
        )
        SELECT lane, workspace_id FROM (
            SELECT lane, (
                SELECT d.workspace_id FROM deliveries d
                WHERE d.state = 0 AND d.lane = hop.lane AND d.next_attempt_at <= ?1 AND d.claimable_at <= ?1
                ORDER BY d.next_attempt_at LIMIT 1) AS workspace_id
            FROM hop WHERE hop.lane IS NOT NULL)
        WHERE workspace_id IS NOT NULL
        """;

    /// <summary>
    /// ?1 lane, ?2 now, ?3 count. Those that are leased are few, and are passed over in the same walk of the index: it knows no leases, so
    /// that a claim changes nothing but the row. A job's first event has none before it.
    /// </summary>
    public const string FindClaimable = """
        SELECT d.rowid, d.id, d.fence
        FROM deliveries d
        WHERE d.state = 0 AND d.lane = ?1 AND d.next_attempt_at <= ?2 AND d.claimable_at <= ?2
            AND (d.job_id IS NULL OR d.sequence = 1 OR NOT EXISTS (
                SELECT 1 FROM deliveries p
                WHERE p.state = 0 AND p.attempt_number = 1 AND p.lane = d.lane AND p.job_id = d.job_id AND p.sequence < d.sequence))
        ORDER BY d.next_attempt_at LIMIT ?3
        """;

    /// <summary>?1 end of the lease, ?2 row.</summary>
    public const string Lease = "UPDATE deliveries SET claimable_at = ?1, step = max(step, 0), fence = fence + 1 WHERE rowid = ?2";

    static readonly string ClaimedColumns = $"""
        d.rowid, d.id, d.workspace_id, d.event_id, d.event_type, d.job_id, d.webhook_id, d.url, d.lane, d.one_shot, d.attempt_id,
            d.attempt_number, d.step, d.scheduled_at, d.next_attempt_at, d.fence,
            CASE WHEN length(e.body) <= {ClaimedDelivery.MaxBodyAhead} THEN e.body END, e.trace_parent
        """;

    /// <summary>?1 row, ?2 delivery, ?3 fence. The id is asked for as well: a VACUUM numbers the rows anew.</summary>
    public static readonly string Load = $"""
        SELECT {ClaimedColumns}
        FROM deliveries d CROSS JOIN events e ON e.id = d.event_id
        WHERE d.rowid = ?1 AND d.id = ?2 AND d.fence = ?3 AND d.state = 0
        """;

    /// <summary>?1 delivery, ?2 fence.</summary>
    public static readonly string FindLeased = $"""
        SELECT {ClaimedColumns}
        FROM deliveries d CROSS JOIN events e ON e.id = d.event_id
        WHERE d.id = ?1 AND d.fence = ?2 AND d.state = 0
        """;

    /// <summary>?1 event.</summary>
    public const string ReadBody = "SELECT body FROM events WHERE id = ?1";

    public const string InsertAttempt = """
        INSERT INTO attempts (id, delivery_id, workspace_id, webhook_id, event_type, job_id, attempt_number, status, created_at,
            attempted_at, ended_at, status_code, failure_reason, response_body, next_retry_at, epoch, signatures)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """;

    /// <summary>
    /// ?1 row, ?2 delivery, ?3 fence. What <see cref="MoveDelivery"/> does to a success, which is what most attempts are, at the least cost.
    /// </summary>
    public const string Succeed = "UPDATE deliveries SET state = 1, fence = fence + 1 WHERE rowid = ?1 AND id = ?2 AND fence = ?3";

    /// <summary>
    /// ?1 how the attempt ended (1 succeeded, 2 failed and goes on, 3 given up), ?2 time and ?3 id of the next attempt, ?4 now,
    /// ?5 delivery, ?6 fence. A delivery that died or was cancelled while its attempt ran stays so, but for a success; one that was
    /// redelivered meanwhile (step -1) goes on now, unless no attempt may follow, which then has no id. The fence rises, so that a
    /// transaction which is repeated, because nobody learned that it was committed, records nothing twice.
    /// </summary>
    public const string MoveDelivery = $"""
        UPDATE deliveries SET
            state = CASE WHEN ?1 = 1 THEN 1 WHEN state = 4 THEN 4 WHEN {GoesOn} THEN 0 ELSE 2 END,
            attempt_id = CASE WHEN {GoesOn} THEN ?3 ELSE attempt_id END,
            attempt_number = CASE WHEN {GoesOn} THEN attempt_number + 1 ELSE attempt_number END,
            step = CASE WHEN {GoesOn} THEN step + 1 ELSE step END,
            scheduled_at = CASE WHEN {GoesOn} THEN ?4 ELSE scheduled_at END,
            next_attempt_at = CASE WHEN {GoesOn} THEN {NextAt} ELSE next_attempt_at END,
            claimable_at = CASE WHEN {GoesOn} THEN {NextAt} ELSE claimable_at END,
            fence = fence + 1
        WHERE id = ?5 AND fence = ?6
        RETURNING state, next_attempt_at
        """;

    const string GoesOn = "state = 0 AND (?1 = 2 OR (?1 = 3 AND step < 0 AND ?3 IS NOT NULL))";

    const string NextAt = "CASE WHEN step < 0 THEN ?4 ELSE ?2 END";

    /// <summary>
    /// ?1 state, ?2 now, ?3 delivery, ?4 fence. What was ended meanwhile stays so, and runs no longer; what was asked for anew (step -1) is not ended by what
    /// its dispatcher knew of the webhook before.
    /// </summary>
    public const string GiveBack = """
        UPDATE deliveries SET state = CASE WHEN state = 3 THEN 3 WHEN ?1 = 3 AND step < 0 THEN 0 ELSE ?1 END, claimable_at = ?2
        WHERE id = ?3 AND fence = ?4 AND state IN (0, 3)
        """;

    /// <summary>?1 time of the last attempt, ?2 webhook.</summary>
    public const string EndpointSucceeded =
        "UPDATE webhooks SET last_delivery_at = max(coalesce(last_delivery_at, 0), ?1), failing_since = NULL WHERE id = ?2";

    /// <summary>?1 time of the last attempt, ?2 webhook.</summary>
    public const string EndpointFailed = """
        UPDATE webhooks SET last_delivery_at = max(coalesce(last_delivery_at, 0), ?1), failing_since = coalesce(failing_since, ?1)
        WHERE id = ?2
        RETURNING failing_since
        """;
}
