using AutoMapper;
using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
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
    public CreateApiKeyValidator() => RuleFor(request => request.Name).NotEmpty().MaximumLength(ApiKey.MaxNameLength);
}

sealed class CreateApiKeyHandler(IUnitOfWork unitOfWork, IApiKeyRepository keys, IAuditLog audit, IMapper mapper, TimeProvider time)
    : IRequestHandler<CreateApiKeyCommand, Result<ApiKeyCreatedResponse>>
{
    public Task<Result<ApiKeyCreatedResponse>> Handle(CreateApiKeyCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<ApiKeyCreatedResponse>(
            _ =>
            {
                var now = time.GetUtcNow();
                var secret = ApiKeySecret.Generate();
                var key = ApiKey.Create(ApiKeyId.New(now), command.Actor.WorkspaceId, command.Request.Name, secret, now);
                keys.Add(key);
                audit.Add(AuditEntry.Of(AuditActions.ApiKeyCreated, key.Id.Value, command.Actor, now));
                return Task.FromResult<Result<ApiKeyCreatedResponse>>(mapper.Map<ApiKeyCreatedResponse>(key) with { Key = secret.Reveal() });
            },
            cancellationToken);
}
