using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Schema;

public sealed class MigrationSetTests
{
    [Test]
    public void The_migrations_of_sqlite_make_the_model() => AssertComplete(Models.Sqlite());

    [Test]
    public void The_migrations_of_sql_server_make_the_model() => AssertComplete(Models.SqlServer());

    [Test]
    public void The_migrations_of_postgres_make_the_model() => AssertComplete(Models.Postgres());

    [Test]
    public void All_sets_have_the_same_migrations()
    {
        using var sqlite = Models.Sqlite();
        using var server = Models.SqlServer();
        using var postgres = Models.Postgres();
        Assert.That(sqlite.Database.GetMigrations(), Is.EqualTo(server.Database.GetMigrations()).And.Not.Empty);
        Assert.That(postgres.Database.GetMigrations(), Is.EqualTo(server.Database.GetMigrations()));
    }

    [Test]
    public void All_models_have_the_same_tables_columns_and_indexes()
    {
        using var sqlite = Models.Sqlite();
        using var server = Models.SqlServer();
        using var postgres = Models.Postgres();
        Assert.That(Models.Lines(sqlite), Is.EqualTo(Models.Lines(server)).And.Not.Empty);

        // PostgreSQL writes to each index of a row that moves, so a delivery that is done leaves this one; elsewhere leaving would be the cost.
        const string Recover = "deliveries index ix_deliveries_recover on webhook_id,created_at  ";
        Assert.That(
            Models.Lines(postgres).Select(line => line == Recover + "state IN (0, 2, 3)" ? Recover : line),
            Is.EqualTo(Models.Lines(server)));
    }

    [Test]
    public async Task A_migrated_sqlite_database_has_every_table_column_and_index_of_the_model_and_no_other()
    {
        using var database = new SqliteDatabase();
        await using var host = new TestHost(database);
        await host.InitializeAsync();
        await using var db = host.NewContext();
        var columns = await db.Database
            .SqlQueryRaw<string>("SELECT t.name || '.' || c.name AS Value FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%'")
            .ToListAsync();
        var indexes = await db.Database
            .SqlQueryRaw<string>("SELECT i.tbl_name || '.' || i.name || '(' || (SELECT group_concat(c.name) FROM pragma_index_info(i.name) c) || ')' AS Value FROM sqlite_master i WHERE i.type = 'index' AND i.sql IS NOT NULL")
            .ToListAsync();
        Assert.Multiple(() =>
        {
            Assert.That(columns, Is.EquivalentTo(Models.Columns(db)));
            Assert.That(indexes, Is.EquivalentTo(Models.Indexes(db)));
        });
    }

    [Test]
    public async Task Attempts_have_no_row_ids()
    {
        using var database = new SqliteDatabase();
        await using var host = new TestHost(database);
        await host.InitializeAsync();
        await using var db = host.NewContext();
        Assert.That(
            async () => await db.Database.ExecuteSqlRawAsync("SELECT rowid FROM attempts"),
            Throws.InstanceOf<SqliteException>().With.Message.Contain("rowid"));
    }

    static void AssertComplete(FramelaneDbContext context)
    {
        using var db = context;
        Assert.That(db.Database.GetMigrations(), Is.Not.Empty);
        Assert.That(db.Database.HasPendingModelChanges(), Is.False);
    }
}
