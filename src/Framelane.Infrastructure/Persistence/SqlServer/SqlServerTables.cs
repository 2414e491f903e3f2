using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace Framelane.Infrastructure.Persistence.SqlServer;

/// <summary>Keeps the locks of those tables that many work on at once on their rows: some thousands of them would become one on the table, which all wait for.</summary>
sealed class SqlServerTables(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer preparer)
    : SqlServerMigrationsSqlGenerator(dependencies, preparer)
{
    static readonly string[] Shared = ["jobs", "assets", "deliveries", "attempts", "events"];

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (!terminate || !Shared.Contains(operation.Name))
            return;
        builder.Append($"ALTER TABLE {Dependencies.SqlGenerationHelper.DelimitIdentifier(operation.Name, operation.Schema)} SET (LOCK_ESCALATION = DISABLE)");
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }
}
