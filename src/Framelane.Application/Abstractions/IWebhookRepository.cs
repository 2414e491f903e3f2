using Framelane.Application.Common;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IWebhookRepository
{
    /// <summary>The webhook, or null where there is none of that id, where it is another workspace's, or where the text is no id.</summary>
    Task<Webhook?> FindAsync(WorkspaceId workspaceId, string webhookId, CancellationToken cancellationToken);

    Task<Page<Webhook>> ListAsync(WorkspaceId workspaceId, PageRequest page, CancellationToken cancellationToken);

    Task<int> CountAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    void Add(Webhook webhook);

    void Remove(Webhook webhook);
}
