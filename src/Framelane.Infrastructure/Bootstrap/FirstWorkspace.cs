using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Bootstrap;

/// <summary>Gives an empty database a workspace with a signing secret and an API key.</summary>
sealed class FirstWorkspace(
    DatabaseWriter writer,
    ISecretProtector protector,
    FirstApiKeyFile file,
    IOptions<BootstrapOptions> bootstrap,
    IOptions<FramelaneOptions> options,
    TimeProvider time,
    ILogger<FirstWorkspace> logger)
{
    const string Name = "Default";

    /// <summary>Called under the setup lock.</summary>
    public async Task EnsureAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Workspaces.AnyAsync(cancellationToken))
        {
            await file.CompareAsync(db, cancellationToken);
            return;
        }

        // There was a workspace once, and the first key was its: somebody may have revoked it.
        var isFirst = !await db.AuditLog.AnyAsync(cancellationToken);
        var configured = ApiKeySecret.TryParse(bootstrap.Value.ApiKey);
        if (configured is not null && !isFirst)
        {
            logger.LogWarning(
                "All workspaces of this database were deleted, and the key of {Setting} may have been revoked with them: none is made anew. Make one by 'admin workspace create'.",
                $"{BootstrapOptions.Section}:{nameof(BootstrapOptions.ApiKey)}");
            return;
        }

        // The file comes first: a key in the database whose text nobody has would lock everybody out. A start that dies in between leaves
        // the file, and the next one takes the key from it.
        if (configured is not null)
            file.Delete();
        var key = configured ?? (isFirst ? await file.ReadOrMakeAsync(cancellationToken) : await file.MakeAsync(cancellationToken));
        await writer.ExecuteAsync(db, _ => Task.FromResult((Add(db, key), true)), cancellationToken);
    }

    WorkspaceId Add(FramelaneDbContext db, ApiKeySecret secret)
    {
        var now = time.GetUtcNow();
        var id = WorkspaceId.New(now);
        db.Workspaces.Add(Workspace.Create(id, Name, options.Value.DefaultPlan, protector.Seal(id, 1, SigningSecret.Generate()), now));
        var key = ApiKey.Create(ApiKeyId.New(now), id, Name, secret, now);
        db.ApiKeys.Add(key);
        db.AuditLog.Add(AuditEntry.Of(AuditActions.WorkspaceCreated, id.Value, Actor.System(id), now));
        db.AuditLog.Add(AuditEntry.Of(AuditActions.ApiKeyCreated, key.Id.Value, Actor.System(id), now));
        return id;
    }
}
