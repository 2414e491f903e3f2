using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>The plan that a new workspace begins with (<c>Framelane:DefaultPlan</c>).</summary>
public interface IDefaultPlan
{
    Plan Plan { get; }
}
