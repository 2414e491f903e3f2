using Framelane.Infrastructure.Persistence.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Framelane.Infrastructure.Persistence.SqlServer;

/// <summary>The order of bytes for what the program compares, whatever the database's own collation.</summary>
sealed class SqlServerModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        ComparedTexts.Collate(modelBuilder, "Latin1_General_100_BIN2");
    }
}
