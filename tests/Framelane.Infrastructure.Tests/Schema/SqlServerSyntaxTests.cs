using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Framelane.Infrastructure.Tests.Schema;

/// <summary>What can be known of the statements for SQL Server without one.</summary>
public sealed class SqlServerSyntaxTests
{
    static IEnumerable<TestCaseData> Statements => SqlServerStatements.All.Select(statement => new TestCaseData(statement.Sql).SetArgDisplayNames(statement.Name));

    [TestCaseSource(nameof(Statements))]
    public void A_statement_parses(string sql) => Assert.That(TransactSql.Parse(sql).Errors, Is.Empty);

    [TestCaseSource(nameof(Statements))]
    public void A_broken_statement_does_not(string sql) => Assert.That(TransactSql.Parse(sql.TrimEnd(';') + " FROM").Errors, Is.Not.Empty);

    [TestCaseSource(nameof(Statements))]
    public void A_statement_names_columns_that_there_are(string sql)
    {
        using var db = Models.SqlServer();
        string[] known =
        [
            .. Models.Columns(db).Select(column => column.Split('.')[1]), "MigrationId",
            "database_id", "is_read_committed_snapshot_on", "delayed_durability", "compatibility_level",
        ];
        var parsed = TransactSql.Parse(sql);
        Assert.That(parsed.References.Except(parsed.Given), Is.SubsetOf(known));
    }

    /// <remarks>With READ_COMMITTED_SNAPSHOT on, which is demanded, READPAST may not stand without READCOMMITTEDLOCK; and who only reads waits for nobody.</remarks>
    [TestCaseSource(nameof(Statements))]
    public void What_others_have_locked_is_passed_over_only_where_rows_are_locked(string sql) => Assert.That(
        TransactSql.Parse(sql).Tables.Where(table => table.Hints.Contains("READPAST")).Select(table => table.Hints),
        Is.All.SupersetOf(new[] { "UPDLOCK", "ROWLOCK", "READCOMMITTEDLOCK" }));

    /// <remarks>Of how many rows come out of JSON or a table variable the server knows nothing: left alone it may read, and lock, all of a table.</remarks>
    [Test]
    public void The_dispatcher_seeks_what_it_writes()
    {
        TableUse[] used = [.. TransactSql.Parse(SqlServerDispatchSql.Claim).Tables, .. TransactSql.Parse(SqlServerDispatchSql.Record).Tables];
        TableUse[] written = [.. used.Where(table => table is { Name: "deliveries", Alias: "d" })];
        Assert.That(written, Has.Length.EqualTo(3));
        Assert.That(written.Select(table => table.Hints), Is.All.EquivalentTo(new[] { "FORCESEEK", "ROWLOCK" }));
        Assert.That(used.Single(table => table.Name == "events").Hints, Is.EqualTo(new[] { "FORCESEEK" }));
        Assert.That(used.Single(table => table.Alias == "candidate").Hints, Is.SupersetOf(new[] { "FORCESEEK", "INDEX(ix_deliveries_claim)" }));
    }

    /// <remarks>Without, the index cannot be used, and where it is named the statement fails.</remarks>
    [TestCase("candidate", "ix_deliveries_claim")]
    [TestCase("earlier", "ix_deliveries_order")]
    public void A_claim_says_all_that_an_index_is_filtered_by(string alias, string index)
    {
        using var db = Models.SqlServer();
        var filter = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(table => table.Indexes).Single(each => each.Name == index).Filter!;
        Assert.That(filter.Split(" AND ").Where(condition => !SqlServerDispatchSql.Claim.Contains($"{alias}.{condition}", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Statements))]
    public void No_gap_between_rows_is_locked(string sql) => Assert.That(TransactSql.Parse(sql).Tables.SelectMany(table => table.Hints), Has.None.EqualTo("HOLDLOCK"));

    [Test]
    public void All_statements_are_found()
    {
        var names = SqlServerStatements.All.Select(statement => statement.Name).ToArray();
        Assert.That(names, Is.SupersetOf(new[]
        {
            "SqlServerSql.LockWorkspace", "SqlServerSql.LockForSetup", "SqlServerSql.LockName", "SqlServerSql.Recover", "SqlServerDispatchSql.Claim", "SqlServerDispatchSql.Record",
        }));
    }

    [Test]
    public void What_is_locked_parses_as_EF_goes_on_with_it()
    {
        using var db = Models.SqlServer();
        var id = Domain.Deliveries.DeliveryId.New(DateTimeOffset.UnixEpoch);
        Domain.Jobs.JobId[] jobs = [Domain.Jobs.JobId.New(Domain.Jobs.JobKind.Render, DateTimeOffset.UnixEpoch)];
        string[] queries =
        [
            SqlServerProvider.LockedDeliveries(db).Where(row => row.Id == id).Take(2).ToQueryString(),
            SqlServerProvider.LockedIdempotencyKeys(db).Where(row => row.Scope == "scope" && row.Key == "key").Take(2).ToQueryString(),
            SqlServerProvider.LockedJobs(db).Where(row => row.Fence == 1).Take(2).ToQueryString(),
            SqlServerProvider.LockedDueJobs(db).Claimable(DateTimeOffset.UnixEpoch).Where(row => jobs.Contains(row.Id)).ToQueryString(),
            SqlServerProvider.LockedAssets(db).Where(row => row.Fence == 1).ToQueryString(),
            SqlServerProvider.LockedAssets(db).Where(row => row.Status != Domain.Assets.AssetStatus.Deleted).OrderBy(row => row.Id).ToQueryString(),
            SqlServerProvider.LockedDueAssets(db).Claimable(Domain.Assets.AssetStatus.Received, DateTimeOffset.UnixEpoch).OrderBy(row => row.ClaimableAt).Take(10).ToQueryString(),
            SqlServerProvider.LockedUploads(db).Where(row => row.Fence == 1).ToQueryString(),
            SqlServerProvider.LockedSignups(db).Where(row => row.Address == "a@example.com").ToQueryString(),
            SqlServerProvider.LockedMails(db).Where(row => row.ClaimableAt <= DateTimeOffset.UnixEpoch).OrderBy(row => row.ClaimableAt).Take(10).ToQueryString(),
        ];
        foreach (var query in queries)
        {
            Assert.That(query, Does.Contain("UPDLOCK"));
            Assert.That(TransactSql.Parse(query).Errors, Is.Empty, query);
        }
    }

    [Test]
    public void The_idempotent_script_parses()
    {
        using var db = Models.SqlServer();
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        Assert.That(script, Does.Contain("CREATE TABLE"));
        Assert.That(TransactSql.Parse(script).Errors, Is.Empty);
        Assert.That(TransactSql.Parse(script.Replace("CREATE TABLE [deliveries] (", "CREATE TABLE [deliveries]", StringComparison.Ordinal)).Errors, Is.Not.Empty);
    }

    /// <remarks>Beyond some thousands of row locks the server takes the whole table instead, ROWLOCK or not.</remarks>
    [TestCase(MigrationsSqlGenerationOptions.Default)]
    [TestCase(MigrationsSqlGenerationOptions.Idempotent)]
    public void Locks_on_rows_of_what_all_work_on_never_become_one_on_the_table(MigrationsSqlGenerationOptions options)
    {
        using var db = Models.SqlServer();
        var parsed = TransactSql.Parse(db.GetService<IMigrator>().GenerateScript(options: options));
        Assert.That(parsed.LockedByRow, Is.EquivalentTo(new[] { "jobs", "assets", "deliveries", "attempts", "events" }));
    }

    [Test]
    public void Each_migration_parses_there_and_back()
    {
        using var db = Models.SqlServer();
        var before = Migration.InitialDatabase;
        foreach (var migration in db.Database.GetMigrations())
        {
            Assert.That(TransactSql.Parse(Script(db, before, migration)).Errors, Is.Empty, migration);
            Assert.That(TransactSql.Parse(Script(db, migration, before)).Errors, Is.Empty, $"{migration}, back");
            before = migration;
        }
    }

    [TestCase(MigrationsSqlGenerationOptions.Default)]
    [TestCase(MigrationsSqlGenerationOptions.Idempotent)]
    public void A_script_makes_every_column_and_index_of_the_model(MigrationsSqlGenerationOptions options)
    {
        using var db = Models.SqlServer();
        var parsed = TransactSql.Parse(db.GetService<IMigrator>().GenerateScript(options: options));
        Assert.Multiple(() =>
        {
            Assert.That(parsed.Columns.Where(column => !column.StartsWith("__EF", StringComparison.Ordinal)), Is.EquivalentTo(Models.Columns(db)));
            Assert.That(parsed.Indexes, Is.EquivalentTo(Models.Indexes(db)));
        });
    }

    static string Script(FramelaneDbContext db, string from, string to) => db.GetService<IMigrator>().GenerateScript(from, to);
}
