using AutoMapper;
using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.ApiKeys.Create;

public sealed record CreateApiKeyRequest
{
    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }
}

public sealed record CreateApiKeyCommand(Actor Actor, CreateApiKeyRequest Request) : IRequest<Result<ApiKeyCreatedResponse>>;

sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyRequest>
{
    public CreateApiKeyValidator() => RuleFor(request => request.Name).NotNull().Length(1, ApiKey.MaxNameLength);
}

sealed class CreateApiKeyHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IApiKeyRepository keys,
    IAuditLog audit,
    IMapper mapper,
    TimeProvider time) : IRequestHandler<CreateApiKeyCommand, Result<ApiKeyCreatedResponse>>
{
    public Task<Result<ApiKeyCreatedResponse>> Handle(CreateApiKeyCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<ApiKeyCreatedResponse>(
            async token =>
            {
                // One at a time: the count has to hold.
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (!await MakeRoomAsync(workspace.Id, token))
                    return ApiKeyErrors.TooMany;
                var now = time.GetUtcNow();
                var secret = ApiKeySecret.Generate();
                var key = ApiKey.Create(ApiKeyId.New(now), workspace.Id, command.Request.Name, secret, now);
                keys.Add(key);
                audit.Add(AuditEntry.Of(AuditActions.ApiKeyCreated, key.Id.Value, command.Actor, now));
                return mapper.Map<ApiKeyCreatedResponse>(key) with { Key = secret.Reveal() };
            },
            cancellationToken);

    /// <summary>The oldest of those that nobody can use gives way; the audit log still tells of it.</summary>
    async Task<bool> MakeRoomAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        if (await keys.CountAsync(workspaceId, cancellationToken) < ApiKey.MaxPerWorkspace)
            return true;
        if (await keys.FindFirstRevokedAsync(workspaceId, cancellationToken) is not { } revoked)
            return false;
        keys.Remove(revoked);
        return true;
    }
}
