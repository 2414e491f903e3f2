using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using MediatR;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Webhooks.Create;

sealed class CreateWebhookHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    ISecretProtector protector,
    IAuditLog audit,
    IMapper mapper,
    IOptions<FramelaneLimits> limits,
    TimeProvider time) : IRequestHandler<CreateWebhookCommand, Result<WebhookCreatedResponse>>
{
    public Task<Result<WebhookCreatedResponse>> Handle(CreateWebhookCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<WebhookCreatedResponse>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.CountAsync(workspace.Id, token) >= limits.Value.WebhooksPerWorkspace)
                    return WebhookErrors.TooMany(limits.Value.WebhooksPerWorkspace);

                var now = time.GetUtcNow();
                var request = command.Request;
                var webhook = Webhook.Create(
                    WebhookId.New(now),
                    workspace.Id,
                    request.Url,
                    WebhookRules.Normalize(request.Events ?? EventTypes.All),
                    request.Description,
                    request.Enabled,
                    now);
                webhooks.Add(webhook);

                // Dispatchers know a workspace's endpoints by its epoch: a new one must not wait for the next change.
                workspace.ChangeEndpoints();
                audit.Add(AuditEntry.Of(AuditActions.WebhookCreated, webhook.Id.Value, command.Actor, now));
                return mapper.Map<WebhookCreatedResponse>(webhook) with
                {
                    Secret = protector.Open(workspace.Id, workspace.CurrentSecret).Reveal(),
                };
            },
            cancellationToken);
}
