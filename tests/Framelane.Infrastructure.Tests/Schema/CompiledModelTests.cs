using Framelane.Infrastructure.Persistence;

namespace Framelane.Infrastructure.Tests.Schema;

/// <summary>That what is committed is what would be compiled now, scripts/compile-models.sh --check says.</summary>
public sealed class CompiledModelTests
{
    [Test]
    public void Sqlite_uses_the_model_beside_its_migrations() => AssertCompiled(Models.Sqlite(), "Framelane.Migrations.Sqlite");

    [Test]
    public void Sql_server_uses_the_model_beside_its_migrations() => AssertCompiled(Models.SqlServer(), "Framelane.Migrations.SqlServer");

    [Test]
    public void Postgres_uses_the_model_beside_its_migrations() => AssertCompiled(Models.Postgres(), "Framelane.Migrations.Postgres");

    static void AssertCompiled(FramelaneDbContext context, string assembly)
    {
        using var db = context;
        Assert.That(db.Model.GetType().FullName, Is.EqualTo(assembly + ".CompiledModel.FramelaneDbContextModel"));
    }
}
