using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Framelane.Migrations.Sqlite;

/// <summary>What <c>dotnet ef migrations</c> builds the model with.</summary>
sealed class DesignTimeFactory : IDesignTimeDbContextFactory<FramelaneDbContext>
{
    public FramelaneDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<FramelaneDbContext>();
        new SqliteProvider("Data Source=design.db", new SqliteWriteGate(), TimeProvider.System).Configure(options);
        return new(options.Options);
    }
}
