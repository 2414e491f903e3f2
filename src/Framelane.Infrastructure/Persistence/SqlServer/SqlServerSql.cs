namespace Framelane.Infrastructure.Persistence.SqlServer;

/// <summary>
/// The statements that EF cannot say. Who only reads waits for nobody, for the database has READ_COMMITTED_SNAPSHOT on; with that, READPAST needs
/// READCOMMITTEDLOCK beside it.
/// </summary>
static class SqlServerSql
{
    public const string AppliedMigrations = "SELECT MigrationId FROM __EFMigrationsHistory";

    /// <summary>Read afterwards: EF does not find the columns of a value object in a query that is not its own.</summary>
    public const string LockWorkspace = "SELECT id FROM workspaces WITH (UPDLOCK, ROWLOCK) WHERE id = @id";

    public const string LockFreeWorkspace = "SELECT id AS Value FROM workspaces WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK) WHERE id = @id";

    public const string LockedDeliveries = "SELECT * FROM deliveries WITH (UPDLOCK, ROWLOCK)";

    /// <summary>
    /// A lock on a name, whether or not there is a row of it; one on the gap where a row would be (HOLDLOCK) would hold up all first requests that fall into
    /// it. Waits for 20 s.
    /// </summary>
    public const string LockName = """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 20000;
        IF @result < 0 THROW 51222, 'Another transaction has the name locked.', 1;
        """;

    /// <summary>What <see cref="LockName"/> throws.</summary>
    public const int NameIsLocked = 51222;

    public const string LockedIdempotencyKeys = "SELECT * FROM idempotency_keys WITH (UPDLOCK, ROWLOCK)";

    public const string LockedSignups = "SELECT * FROM signups WITH (UPDLOCK, ROWLOCK)";

    public const string LockedJobs = "SELECT * FROM jobs WITH (UPDLOCK, ROWLOCK)";

    public const string LockedDueJobs = "SELECT * FROM jobs WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)";

    public const string LockedAssets = "SELECT * FROM assets WITH (UPDLOCK, ROWLOCK)";

    public const string LockedDueAssets = "SELECT * FROM assets WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)";

    public const string LockedUploads = "SELECT * FROM uploads WITH (UPDLOCK, ROWLOCK)";

    public const string LockedMails = "SELECT * FROM mails WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)";

    public const string Clock = "SELECT DATEDIFF_BIG(microsecond, '1970-01-01T00:00:00', SYSUTCDATETIME()) AS Value";

    public const string DatabaseOptions = """
        SELECT CONVERT(int, is_read_committed_snapshot_on), CONVERT(int, delayed_durability), CONVERT(int, compatibility_level)
        FROM sys.databases
        WHERE database_id = DB_ID()
        """;

    public const string LockForSetup =
        """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'framelane-setup', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 600000;
        SELECT @result;
        """;

    /// <summary>What is leased does not count.</summary>
    public const string Queues = """
        SELECT 'delivery' AS Kind, COUNT_BIG(*) AS Depth, MIN(next_attempt_at) AS Oldest
        FROM deliveries
        WHERE state = 0 AND next_attempt_at <= @now AND claimable_at <= @now
        UNION ALL
        SELECT 'job', COUNT_BIG(*), MIN(claimable_at)
        FROM jobs
        WHERE status IN (0, 1, 2) AND claimable_at <= @now
        UNION ALL
        SELECT 'asset', COUNT_BIG(*), MIN(claimable_at)
        FROM assets
        WHERE status IN (1, 2) AND claimable_at <= @now
        UNION ALL
        SELECT 'mail', COUNT_BIG(*), MIN(created_at)
        FROM mails
        UNION ALL
        SELECT 'minutes', COUNT_BIG(*), MIN(completed_at)
        FROM (
            SELECT completed_at FROM metered_renders WHERE counted_at IS NULL
            UNION ALL
            SELECT made_at FROM meter_reports WHERE due_at IS NOT NULL) waiting
        """;

    const string RandomDigit = "SUBSTRING('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (CONVERT(int, CRYPT_GEN_RANDOM(1)) & 31), 1)";

    /// <summary>A new attempt only where the one before it was made. @start is the beginning of an attempt id of now.</summary>
    public static readonly string Recover =
        $"""
        UPDATE deliveries SET
            attempt_id = CASE WHEN state = 2 THEN @start + {string.Join(" + ", Enumerable.Repeat(RandomDigit, 16))} ELSE attempt_id END,
            attempt_number = CASE WHEN state = 2 THEN attempt_number + 1 ELSE attempt_number END,
            state = 0,
            step = CASE WHEN {Running} THEN -1 ELSE 0 END,
            scheduled_at = CASE WHEN {Running} THEN scheduled_at ELSE @now END,
            next_attempt_at = CASE WHEN {Running} THEN next_attempt_at ELSE @now END,
            claimable_at = CASE WHEN {Running} THEN claimable_at ELSE @now END,
            fence = CASE WHEN {Running} THEN fence ELSE fence + 1 END
        WHERE webhook_id = @webhook AND created_at >= @from AND created_at < @until AND one_shot = 0 AND state IN (0, 2, 3)
        """;

    /// <summary>An attempt at it runs, or soon will, though its webhook may have been disabled since: what follows that is at the start of the schedule.</summary>
    const string Running = "state IN (0, 3) AND claimable_at > next_attempt_at AND claimable_at > @now";
}
