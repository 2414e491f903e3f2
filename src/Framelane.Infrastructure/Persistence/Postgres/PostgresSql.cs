namespace Framelane.Infrastructure.Persistence.Postgres;

/// <summary>The statements that EF cannot say. Conditions stand before the lock: around it, EF's would come too late.</summary>
static class PostgresSql
{
    public const string AppliedMigrations = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";

    /// <summary>Read afterwards: EF does not find the columns of a value object in a query that is not its own.</summary>
    public const string LockWorkspace = "SELECT 1 FROM workspaces WHERE id = {0} FOR UPDATE";

    public const string LockFreeWorkspace = """SELECT id AS "Value" FROM workspaces WHERE id = {0} FOR UPDATE SKIP LOCKED""";

    public const string LockDelivery = "SELECT * FROM deliveries WHERE workspace_id = {0} AND id = {1} FOR UPDATE";

    /// <summary>A lock on a number made of scope and key; two keys that make the same one wait for each other, and nothing worse.</summary>
    public const string LockAbsentKey = "SELECT pg_advisory_xact_lock(hashtextextended({0}, hashtextextended({1}, 0)))";

    public const string LockIdempotencyKey = "SELECT * FROM idempotency_keys WHERE scope = {0} AND key = {1} FOR UPDATE";

    public const string LockSignup = "SELECT * FROM signups WHERE address = {0} FOR UPDATE";

    public const string LockDueMails = "SELECT * FROM mails WHERE claimable_at <= {0} ORDER BY claimable_at LIMIT {1} FOR UPDATE SKIP LOCKED";

    public const string LockJob = "SELECT * FROM jobs WHERE id = {0} FOR UPDATE";

    public const string LockDueJobs =
        "SELECT * FROM jobs WHERE id = ANY({1}) AND status IN (0, 1, 2) AND claimable_at <= {0} FOR UPDATE SKIP LOCKED";

    public const string LockAsset = "SELECT * FROM assets WHERE id = {0} FOR UPDATE";

    public const string LockAssets = "SELECT * FROM assets WHERE workspace_id = {0} AND id = ANY({1}) AND status <> 5 ORDER BY id FOR UPDATE";

    public const string LockDueAssets =
        "SELECT * FROM assets WHERE status IN (1, 2) AND status = {2} AND claimable_at <= {0} ORDER BY claimable_at LIMIT {1} FOR UPDATE SKIP LOCKED";

    public const string LockUpload = "SELECT * FROM uploads WHERE id = {0} FOR UPDATE";

    public const string Clock = """SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS "Value" """;

    /// <summary>Two numbers of our own choice; the lock is the database's, not the server's.</summary>
    public const string LockForSetup = "SELECT pg_advisory_lock(1179796590, 1)";

    public const string Durability = "SELECT current_setting('synchronous_commit'), current_setting('fsync')";

    /// <summary>
    /// {0} is now. The count is the index's alone, which knows no leases: what is being attempted counts too. The oldest is the oldest that
    /// nobody has leased, found by hopping from lane to lane.
    /// </summary>
    public const string Queues = """
        WITH RECURSIVE hop(lane) AS (
            (SELECT d.lane FROM deliveries d WHERE d.state = 0 ORDER BY d.lane LIMIT 1)
            UNION ALL
            SELECT (SELECT d.lane FROM deliveries d WHERE d.state = 0 AND d.lane > hop.lane ORDER BY d.lane LIMIT 1)
            FROM hop WHERE hop.lane IS NOT NULL
        )
        SELECT 'delivery' AS "Kind", (SELECT count(*) FROM deliveries WHERE state = 0 AND next_attempt_at <= {0}) AS "Depth", (
            SELECT min(due.next_attempt_at)
            FROM hop CROSS JOIN LATERAL (
                SELECT d.next_attempt_at FROM deliveries d
                WHERE d.state = 0 AND d.lane = hop.lane AND d.next_attempt_at <= {0} AND d.claimable_at <= {0}
                ORDER BY d.next_attempt_at LIMIT 1) due) AS "Oldest"
        UNION ALL
        SELECT 'job', count(*), min(claimable_at) FROM jobs WHERE status IN (0, 1, 2) AND claimable_at <= {0}
        UNION ALL
        SELECT 'asset', count(*), min(claimable_at) FROM assets WHERE status IN (1, 2) AND claimable_at <= {0}
        UNION ALL
        SELECT 'mail', count(*), min(created_at) FROM mails
        UNION ALL
        SELECT 'minutes', count(*), min(completed_at)
        FROM (
            SELECT completed_at FROM metered_renders WHERE counted_at IS NULL
            UNION ALL
            SELECT made_at FROM meter_reports WHERE due_at IS NOT NULL) waiting
        """;

    const string RandomDigit = "substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + floor(random() * 32)::int, 1)";

    /// <summary>A new attempt only where the one before it was made. {0} is the webhook, {1} from, {4} until, {2} now, {3} the beginning of an attempt id of now.</summary>
    public static readonly string Recover =
        $$"""
        UPDATE deliveries SET
            attempt_id = CASE WHEN state = 2 THEN {3} || {{string.Join(" || ", Enumerable.Repeat(RandomDigit, 16))}} ELSE attempt_id END,
            attempt_number = CASE WHEN state = 2 THEN attempt_number + 1 ELSE attempt_number END,
            state = 0,
            step = CASE WHEN {{Running}} THEN -1 ELSE 0 END,
            scheduled_at = CASE WHEN {{Running}} THEN scheduled_at ELSE {2} END,
            next_attempt_at = CASE WHEN {{Running}} THEN next_attempt_at ELSE {2} END,
            claimable_at = CASE WHEN {{Running}} THEN claimable_at ELSE {2} END,
            fence = CASE WHEN {{Running}} THEN fence ELSE fence + 1 END
        WHERE webhook_id = {0} AND created_at >= {1} AND created_at < {4} AND NOT one_shot AND state IN (0, 2, 3)
        """;

    /// <summary>An attempt at it runs, or soon will, though its webhook may have been disabled since: what follows that is at the start of the schedule.</summary>
    const string Running = "state IN (0, 3) AND claimable_at > next_attempt_at AND claimable_at > {2}";
}
