using Framelane.Application.Jobs;
using Framelane.Application.Renders.Preview;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>Makes pictures of scenes at once, on this machine, under the limits that jobs have and some of its own.</summary>
public interface IPreviewRenderer
{
    /// <summary>Leaves no file and nothing running, whatever happens.</summary>
    /// <returns>An error where there is no place for it now, it took too long, or the media programs do not run.</returns>
    /// <exception cref="MediaException">A source cannot be used, or a limit was reached.</exception>
    Task<Result<PreviewPicture>> RenderAsync(PreviewOrder order, CancellationToken cancellationToken);
}

/// <param name="Scene">A valid scene whose output is a png.</param>
/// <param name="Sheet">Null for the scene's one frame.</param>
/// <param name="Stored">Those of its sources that lie in storage.</param>
public sealed record PreviewOrder(WorkspaceId WorkspaceId, CreateRenderRequest Scene, ContactSheet? Sheet, IReadOnlyList<StoredSource> Stored);
