using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Framelane.Migrations.SqlServer;

/// <summary>What <c>dotnet ef migrations</c> builds the model with.</summary>
sealed class DesignTimeFactory : IDesignTimeDbContextFactory<FramelaneDbContext>
{
    public FramelaneDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<FramelaneDbContext>();
        new SqlServerProvider("Server=localhost;Database=framelane;Integrated Security=true").Configure(options);
        return new(options.Options);
    }
}
