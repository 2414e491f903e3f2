using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Workspaces.ListAuditLog;

public sealed record AuditEntryResponse
{
    public required string Id { get; init; }

    /// <summary>What was done, such as <c>signing_secret.rotated</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of what it was done to.</summary>
    public required string? TargetId { get; init; }

    /// <summary>The key that did it; null for the console, for who signs up, and for the system itself.</summary>
    public required string? ApiKeyId { get; init; }

    /// <summary>Who did it at the console, as the identity provider names them; null for keys and the system itself.</summary>
    public required string? Subject { get; init; }

    /// <summary>The client's address; null for the system itself.</summary>
    public required string? Address { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record ListAuditLogQuery(WorkspaceId WorkspaceId, PageRequest Page) : IRequest<Page<AuditEntryResponse>>;

sealed class ListAuditLogHandler(IAuditLog audit, IMapper mapper) : IRequestHandler<ListAuditLogQuery, Page<AuditEntryResponse>>
{
    public async Task<Page<AuditEntryResponse>> Handle(ListAuditLogQuery query, CancellationToken cancellationToken) =>
        (await audit.ListAsync(query.WorkspaceId, query.Page, cancellationToken)).Select(mapper.Map<AuditEntryResponse>);
}
