using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>Who calls, by whatever they showed: an API key or a session token.</summary>
public abstract record AuthenticatedCaller(WorkspaceId WorkspaceId, Plan Plan, bool EmailVerified);
