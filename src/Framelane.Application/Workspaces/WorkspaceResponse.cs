using Framelane.Domain.Workspaces;

namespace Framelane.Application.Workspaces;

public sealed record WorkspaceResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string? Email { get; init; }

    public required bool EmailVerified { get; init; }

    public required Plan Plan { get; init; }

    public required PlanStatus PlanStatus { get; init; }

    public required SigningSecretResponse SigningSecret { get; init; }
}

/// <summary>How the signing secret stands; never the secret.</summary>
/// <param name="PreviousExpiresAt">Until when the previous secret signs too; null where it does not.</param>
public sealed record SigningSecretResponse(DateTimeOffset RotatedAt, DateTimeOffset? PreviousExpiresAt);
