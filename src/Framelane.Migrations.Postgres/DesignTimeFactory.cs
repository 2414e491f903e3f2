using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Framelane.Migrations.Postgres;

/// <summary>What <c>dotnet ef migrations</c> builds the model with.</summary>
sealed class DesignTimeFactory : IDesignTimeDbContextFactory<FramelaneDbContext>
{
    public FramelaneDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<FramelaneDbContext>();
        new PostgresProvider("Host=localhost;Database=framelane").Configure(options);
        return new(options.Options);
    }
}
